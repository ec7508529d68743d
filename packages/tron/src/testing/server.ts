import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

export type TestServer = AsyncDisposable & {
  url: string;
  requests: { path: string; body: string }[];
};

/** A real HTTP server on localhost that answers everything with one listener and notes what it was asked. */
export async function startServer(answer: RequestListener): Promise<TestServer> {
  const requests: TestServer["requests"] = [];
  const server = createServer((request, response) => void listen(request, response));
  async function listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
    requests.push({ path: request.url ?? "", body: Buffer.concat(chunks).toString("utf8") });
    answer(request, response);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a JSON value, or with what a function makes of the path. */
export function json(value: unknown): RequestListener {
  return (_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(value));
  };
}
