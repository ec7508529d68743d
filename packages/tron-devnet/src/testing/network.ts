import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressOfKey } from "@lucid/protocol";
import { createLocalSigner, networkProfile } from "@lucid/tron";
import type { ChainPort, LocalSigner, NetworkProfile, UnsignedTransfer } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { startDevnet } from "../index.ts";
import type { Devnet, DevnetOptions } from "../index.ts";

export const WALLET_KEY = "11".repeat(32);
export const WALLET = addressOfKey(WALLET_KEY);
export const STRANGER_KEY = "33".repeat(32);
export const RECIPIENT = addressOfKey("22".repeat(32));
export const TRX = 1_000_000n;
export const USDT = 1_000_000n;

/** A devnet in a folder of its own, with a funded wallet and the chain port on it. */
export type TestNetwork = AsyncDisposable & {
  dir: string;
  devnet: Devnet;
  profile: NetworkProfile;
  chain: ChainPort;
  signer: LocalSigner;
  /** A transfer on the newest solidified block, valid for three minutes of chain time. */
  transfer(changes?: TransferChanges): Promise<UnsignedTransfer>;
  /** Builds, signs and sends one. */
  pay(
    changes?: TransferChanges,
  ): Promise<{ txid: string; signed: string; answer: Awaited<ReturnType<ChainPort["send"]>> }>;
};

export type TransferChanges = Partial<
  Pick<UnsignedTransfer, "to" | "amountMicro" | "feeLimitSun" | "expirationMs">
>;

export async function startNetwork(options: Partial<DevnetOptions> = {}): Promise<TestNetwork> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), "devnet-"));
  const accounts = [{ address: WALLET, trxSun: 1000n * TRX, usdtMicro: 5000n * USDT }];
  const devnet = await startDevnet({ mining: "manual", accounts, ...options, dir });
  const profile = profileOf(devnet);
  const [endpoint] = profile.endpoints;
  if (endpoint === undefined) throw new Error("no endpoint");
  const chain = createChain(profile, endpoint);
  const signer = createLocalSigner({ privateKeyHex: WALLET_KEY, profile, expectedAddress: WALLET });

  async function transfer(changes: TransferChanges = {}): Promise<UnsignedTransfer> {
    const head = await valueOf(chain.solidHead());
    return await chain.buildTransfer({
      from: WALLET,
      to: RECIPIENT,
      amountMicro: 10n * USDT,
      refBlock: head,
      timestampMs: head.timestampMs,
      expirationMs: devnet.head().timestampMs + 180_000,
      feeLimitSun: 50n * TRX,
      ...changes,
    });
  }

  return {
    dir,
    devnet,
    profile,
    chain,
    signer,
    transfer,
    async pay(changes) {
      const unsigned = await transfer(changes);
      const signed = signer.sign(unsigned);
      return { txid: unsigned.txid, signed, answer: await chain.send(signed) };
    },
    async [Symbol.asyncDispose]() {
      await devnet[Symbol.asyncDispose]();
      if (options.dir === undefined) rmSync(dir, { recursive: true });
    },
  };
}

export function profileOf({
  url,
  genesisBlockId,
  token,
}: Pick<Devnet, "url" | "genesisBlockId" | "token">) {
  const endpoints = [{ full: url, solidity: url, jsonrpc: `${url}/jsonrpc`, history: url }];
  return networkProfile("local", { genesisBlockId, token, endpoints });
}

/** The value of a reading that must be known. */
export async function valueOf<T>(
  reading: Promise<{ ok: true; value: T } | { ok: false; reason: string }>,
): Promise<T> {
  const answer = await reading;
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

export async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  return await response.json();
}

export async function get(url: string): Promise<unknown> {
  return await (await fetch(url)).json();
}
