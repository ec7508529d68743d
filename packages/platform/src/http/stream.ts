import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { Clock } from "../clock/index.ts";
import type { Principal, RequestContext } from "./context.ts";
import type { EventStream } from "./contract.ts";
import type { RouteDefinition } from "./definition.ts";
import { ApiProblem } from "./problem.ts";
import type { AnyHandler } from "./route.ts";

const heartbeatMs = 15_000;
const maxWaitingBytes = 1024 * 1024;

/** How many streams there are at most: in all, for everybody together who showed no token, for each who did. */
export type StreamLimits = {
  readonly all: number;
  readonly strangers: number;
  readonly each: number;
};

type Holder = Principal | null;

export type Streams = {
  /** Null while another stream may be opened for somebody, else the problem to answer with. */
  refuse(holder: Holder): ApiProblem | null;
  /** Turns a reply into a stream of events. */
  open(reply: FastifyReply, holder: Holder): EventStream;
  closeAll(): void;
};

const nameOf = (holder: Holder): string => (holder === null ? "" : `${holder.kind}:${holder.id}`);

const taken = (which: string): ApiProblem =>
  new ApiProblem("service.unavailable", `All ${which} are taken: ask again later.`, {
    retryAfter: 30,
  });

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
export const createStreams = (clock: Clock, { all, strangers, each }: StreamLimits): Streams => {
  /** Each with whose it is. */
  const streams = new Map<EventStream, string>();

  const open = (reply: FastifyReply, holder: Holder): EventStream => {
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
    streams.set(stream, nameOf(holder));
    response.once("close", () => {
      streams.delete(stream);
      closed.abort();
    });
    void beat(clock, response, closed.signal);
    return stream;
  };

  return {
    refuse: (holder) => {
      if (streams.size >= all) return taken(`${all} live streams`);
      const name = nameOf(holder);
      const held = [...streams.values()].filter((one) => one === name).length;
      if (held < (holder === null ? strangers : each)) return null;
      return taken(
        holder === null
          ? `${strangers} live streams for callers without a token`
          : `${each} live streams that one caller can have`,
      );
    },
    open,
    closeAll: () => {
      for (const stream of streams.keys()) stream.close();
    },
  };
};

type OpenStream = (stream: EventStream, context: never) => void | Promise<void>;

/** A handler that answers with a stream; when `open` fails the stream ends and the client comes back. */
export const createStreamHandler =
  (streams: Streams, open: OpenStream): AnyHandler =>
  async (context: RequestContext<RouteDefinition>, reply) => {
    const refused = streams.refuse(context.principal);
    if (refused !== null) return refused;
    const stream = streams.open(reply, context.principal);
    try {
      await open(stream, context as never);
    } catch (error) {
      context.log.error({ err: error }, "event stream failed");
      stream.close();
    }
    return undefined;
  };
