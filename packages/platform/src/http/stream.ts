import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { Clock } from "../clock/index.ts";
import type { RequestContext } from "./context.ts";
import type { EventStream } from "./contract.ts";
import type { RouteDefinition } from "./definition.ts";
import { ApiProblem } from "./problem.ts";
import type { AnyHandler } from "./route.ts";

const heartbeatMs = 15_000;
const maxWaitingBytes = 1024 * 1024;

export type Streams = {
  /** Null while another client may come, else the problem to answer with. */
  refuse(): ApiProblem | null;
  /** Turns a reply into a stream of events. */
  open(reply: FastifyReply): EventStream;
  closeAll(): void;
};

const beat = async (clock: Clock, response: ServerResponse, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await clock.sleep(heartbeatMs, signal);
    if (!signal.aborted) response.write(": still here\n\n");
  }
};

const start = (reply: FastifyReply): ServerResponse => {
  reply.hijack();
  const headers = {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    "content-type": "text/event-stream",
    "x-accel-buffering": "no",
  };
  reply.raw.writeHead(200, headers);
  reply.raw.write("retry: 2000\n\n");
  return reply.raw;
};

/**
 * Server-sent events (WHATWG HTML, section 9.2). A client that does not read is cut off once a
 * mebibyte waits for it; it comes back by itself.
 */
export const createStreams = (clock: Clock, maxClients: number): Streams => {
  const streams = new Set<EventStream>();

  const open = (reply: FastifyReply): EventStream => {
    const response = start(reply);
    const closed = new AbortController();
    const stream: EventStream = {
      signal: closed.signal,
      send: (event, data) => {
        if (closed.signal.aborted) return;
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        if (response.writableLength > maxWaitingBytes) response.destroy();
      },
      close: () => void response.end(),
    };
    streams.add(stream);
    response.once("close", () => {
      streams.delete(stream);
      closed.abort();
    });
    void beat(clock, response, closed.signal);
    return stream;
  };

  return {
    refuse: () =>
      streams.size < maxClients
        ? null
        : new ApiProblem(
            "service.unavailable",
            `All ${maxClients} live streams are taken: ask again later.`,
            {
              retryAfter: 30,
            },
          ),
    open,
    closeAll: () => {
      for (const stream of streams) stream.close();
    },
  };
};

type OpenStream = (stream: EventStream, context: never) => void | Promise<void>;

/** A handler that answers with a stream; when `open` fails the stream ends and the client comes back. */
export const createStreamHandler =
  (streams: Streams, open: OpenStream): AnyHandler =>
  async (context: RequestContext<RouteDefinition>, reply) => {
    const refused = streams.refuse();
    if (refused !== null) return refused;
    const stream = streams.open(reply);
    try {
      await open(stream, context as never);
    } catch (error) {
      context.log.error({ err: error }, "event stream failed");
      stream.close();
    }
    return undefined;
  };
