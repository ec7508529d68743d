import type { Socket } from "node:net";
import { STATUS_CODES } from "node:http";
import { systemClock } from "../clock/index.ts";
import { ApiProblem, problemToBody, type ErrorTable } from "./problem.ts";

const reasons: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    "request.timeout",
    "The request took too long to arrive: send headers and body without pauses.",
  ],
  HPE_HEADER_OVERFLOW: [
    "request.too_large",
    "The headers are too large: send fewer or shorter ones.",
  ],
  HPE_INVALID_EOF_STATE: ["request.malformed", "The request was cut off: send all of it."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    "request.too_large",
    "The chunk extensions are too large: leave them out.",
  ],
};

/** A caller that is still sending would lose the answer if the connection closed at once. */
const lingerMs = 1_000;

const destroyLater = async (socket: Socket): Promise<void> => {
  await systemClock.sleep(lingerMs);
  socket.destroy();
};

/**
 * Answers what never became a request (cut off, too slow, not HTTP) with a problem of its own, as
 * long as the caller still listens.
 */
export const createBrokenRequestHandler =
  (table: ErrorTable, nextId: () => string) =>
  (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (socket.writableEnded) return;
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const [code, detail] = reasons[error.code ?? ""] ?? [
      "request.malformed",
      "This is not an HTTP request that can be read: check the client.",
    ];
    const body = problemToBody(table, new ApiProblem(code, detail), nextId());
    const text = JSON.stringify(body);
    socket.end(
      `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status] ?? "Error"}\r\n` +
        "content-type: application/problem+json; charset=utf-8\r\n" +
        `content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
    );
    void destroyLater(socket);
  };
