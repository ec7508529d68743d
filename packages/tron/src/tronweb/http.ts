import { Agent, type IncomingMessage, request as askPlainly } from "node:http";
import { Agent as SecureAgent, request as askSecurely } from "node:https";
import { env } from "node:process";
import type { Transport } from "./provider.ts";

/** How long one question may take as a whole, and how long an answer may be. */
export type Limits = { timeoutMs: number; maxAnswerBytes: number };

/** As long as Node's own agents keep a connection that nobody uses. */
const IDLE_MS = 5000;

/** A node said more than is read of it. */
export class AnswerTooLong extends Error {
  constructor(maxAnswerBytes: number) {
    super(`the answer is longer than ${maxAnswerBytes} bytes`);
  }
}

/**
 * Asks one node by HTTP or HTTPS, through the proxy that the environment names for it. A redirect is an answer like any
 * other: to follow it would carry the API key to another host. Rejects with AnswerTooLong, with a DOMException
 * `TimeoutError` when the answer was not there as a whole in time, or with what ended the connection.
 */
export function createHttp(url: string, apiKey: string | undefined, limits: Limits): Transport {
  const base = new URL(url);
  const agent = createAgent(base);
  const ask = base.protocol === "https:" ? askSecurely : askPlainly;
  const always = {
    accept: "application/json",
    "user-agent": "lucid",
    ...(apiKey !== undefined && { "TRON-PRO-API-KEY": apiKey }),
  };
  return ({ path, query, method, body }) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(limits.timeoutMs);
      const fail = (error: unknown): void => reject((signal.reason as Error | undefined) ?? error);
      const headers = {
        ...always,
        ...(body !== undefined && { "content-type": "application/json" }),
      };
      const request = ask(below(base, path, query), { method, agent, signal, headers });
      request.on("error", fail);
      request.on("response", (response) => {
        const { statusCode: status = 0 } = response;
        readText(response, limits.maxAnswerBytes).then((text) => resolve({ status, text }), fail);
      });
      request.end(body);
    });
}

async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new AnswerTooLong(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function createAgent({ protocol, hostname }: URL): Agent {
  const proxied = isLoopback(hostname) ? {} : { proxyEnv: { ...env } };
  const options = { keepAlive: true, timeout: IDLE_MS, ...proxied };
  return protocol === "https:" ? new SecureAgent(options) : new Agent(options);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

function below(base: URL, path: string, query: Readonly<Record<string, unknown>>): URL {
  const url = new URL(base);
  if (path !== "") url.pathname = `${base.pathname.replace(/\/+$/, "")}/${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}
