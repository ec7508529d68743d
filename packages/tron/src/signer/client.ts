import { request } from "node:http";
import { TronError } from "../error.ts";
import type { Signer } from "../port.ts";
import { txidOfSigned } from "../signed.ts";
import { formatRequest } from "./request.ts";

export type RemoteSignerOptions = {
  readonly socketPath: string;
  /** The wallet whose signer is expected there. */
  readonly address: string;
  /** A signer reads the log and the chain before it answers. */
  readonly timeoutMs?: number;
};

const MOST_BYTES = 65_536;

/** A signer behind a socket. Does not ask anything before it has to sign. */
export const createRemoteSigner = (options: RemoteSignerOptions): Signer => ({
  address: options.address,
  async sign(unsigned, order) {
    const answer = await ask(options, "POST /sign", formatRequest(unsigned, order));
    if (answer["ok"] !== true) throw toRefusal(answer);
    const { signed } = answer;
    if (typeof signed === "string" && txidOfSigned(signed) === unsigned.txid) return signed;
    throw unreachable("it answered with another transaction");
  },
});

/** What a signer says of itself. Throws TronError `tron.signer.unreachable`. */
export const readSignerStatus = (
  options: Omit<RemoteSignerOptions, "address">,
): Promise<Record<string, unknown>> => ask(options, "GET /status");

const toRefusal = ({ code, detail }: Record<string, unknown>): TronError =>
  new TronError("tron.signer.refused", `the signer refuses: ${String(detail)} (${String(code)})`, {
    code,
    detail,
  });

const unreachable = (reason: string): TronError =>
  new TronError("tron.signer.unreachable", `the signer cannot be asked: ${reason}`, { reason });

const ask = async (
  { socketPath, timeoutMs = 60_000 }: Omit<RemoteSignerOptions, "address">,
  operation: string,
  body?: string,
): Promise<Record<string, unknown>> => {
  const [method, path] = operation.split(" ");
  const signal = AbortSignal.timeout(timeoutMs);
  const text = await new Promise<string>((resolve, reject) => {
    const asked = request({ socketPath, method, path, signal, agent: false }, (response) => {
      let answer = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        answer += chunk;
        if (answer.length > MOST_BYTES) response.destroy(new Error("its answer is too long"));
      });
      response.on("error", reject);
      response.on("end", () => resolve(answer));
    });
    asked.on("error", reject);
    asked.end(body);
  }).catch((error: unknown) => {
    throw unreachable(error instanceof Error ? error.message : String(error));
  });
  return parse(text);
};

const parse = (text: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreachable("its answer is not JSON");
  }
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw unreachable("its answer is no JSON object");
};
