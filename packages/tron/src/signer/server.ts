import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { refuse } from "./answer.ts";
import { parseRequest } from "./request.ts";
import type { Signing } from "./service.ts";
import { openSocket, type SocketPlace } from "./socket-file.ts";

/** A request is less than 2 KiB. */
const MOST_BYTES = 16_384;
const MOST_CLIENTS = 32;
const PATIENCE_MS = 10_000;

type Deps = {
  readonly signing: Signing;
  /** Hears of faults on this side; the client is told that there was one. */
  readonly onFault: (error: unknown) => void;
  /** Hears of every answer. */
  readonly onAnswer?: (path: string, answer: object) => void;
};

/** Serves `POST /sign` and `GET /status` on the socket. Disposing of it lets requests under way finish. */
export const serveSigner = async (deps: Deps, place: SocketPlace): Promise<AsyncDisposable> => {
  const server = createServer(
    {
      headersTimeout: PATIENCE_MS,
      requestTimeout: PATIENCE_MS,
      keepAliveTimeout: 1000,
      maxHeaderSize: 4096,
    },
    answerWith(deps),
  );
  server.maxConnections = MOST_CLIENTS;
  await openSocket(server, place);
  return {
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
};

const answerWith =
  (deps: Deps): RequestListener =>
  (request, response) => {
    const answered = route(deps, request).catch((error: unknown) => {
      deps.onFault(error);
      return {
        status: 500,
        body: {
          ok: false,
          code: "signer.fault",
          detail: "something broke in the signer; its log has the cause",
        },
      };
    });
    void answered.then(({ status, body }) => {
      deps.onAnswer?.(`${request.method} ${request.url}`, body);
      send(response, status, body);
    });
  };

type Reply = { readonly status: number; readonly body: object };

const route = async ({ signing }: Deps, request: IncomingMessage): Promise<Reply> => {
  const path = `${request.method} ${request.url}`;
  if (path === "GET /status") return { status: 200, body: signing.status() };
  if (path !== "POST /sign")
    return { status: 404, body: refuse("signer.request", "ask POST /sign or GET /status") };
  const text = await readText(request);
  if (text === null)
    return {
      status: 413,
      body: refuse("signer.request", `a request has at most ${MOST_BYTES} bytes`),
    };
  const parsed = parseRequest(text);
  if (!parsed.ok) return { status: 400, body: parsed };
  const answer = await signing.sign(parsed.request);
  return { status: answer.ok ? 200 : 409, body: answer };
};

/** Null when it is too long; what is too much is read, so that the answer arrives, and not kept. */
const readText = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length <= MOST_BYTES) chunks.push(bytes);
  }
  if (length > MOST_BYTES) return null;
  return Buffer.concat(chunks).toString("utf8");
};

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
};
