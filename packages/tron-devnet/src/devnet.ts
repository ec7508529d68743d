import type { FastifyInstance } from "fastify";
import { hexToBase58, parseAddress } from "./address.ts";
import { openChain } from "./chain/chain.ts";
import type { Chain, Clock } from "./chain/chain.ts";
import type { Block } from "./chain/block.ts";
import type { Fault, ScheduledFault } from "./chain/faults.ts";
import type { Allocation } from "./chain/genesis.ts";
import { transfersOf } from "./http/logs.ts";
import type { Transfer } from "./http/logs.ts";
import { askNode } from "./http/node.ts";
import type { Answer } from "./http/node.ts";
import { createServer, MAIN_NODE } from "./http/server.ts";
import { startTimer } from "./timer.ts";
import { openStore } from "./store/store.ts";

export type DevnetOptions = {
  /** Folder of the chain; created when missing, continued when not empty. */
  dir: string;
  /** 0 picks a free one. */
  port?: number;
  host?: string;
  /** Time between blocks. */
  blockMs?: number;
  /** A block is solidified when this many stand on it. */
  solidAfter?: number;
  /** Given to accounts that the chain does not know yet. */
  accounts?: Allocation[];
  clock?: Clock;
  /** `manual` makes blocks only with `mine`. */
  mining?: "timer" | "manual";
};

export type TokenChange = {
  paused?: boolean;
  deprecated?: boolean;
  basisPointsRate?: number;
  blacklist?: string[];
};

/** The chain, and what can be done to it. */
export type DevnetHandle = {
  readonly genesisBlockId: string;
  readonly token: string;
  fault(fault: Fault): ScheduledFault;
  readonly faults: ScheduledFault[];
  clearFaults(): void;
  /** Makes that many blocks at once, each `blockMs` of chain time after the one before. */
  mine(blocks: number): void;
  /** Makes blocks until everything that is in a block now is solidified. */
  solidify(): void;
  setToken(change: TokenChange): void;
  head(): Pick<Block, "number" | "id" | "timestampMs">;
  blocks(): { number: number; id: string; timestampMs: number; txids: string[] }[];
  /** Token transfers in blocks, oldest first. */
  transfers(): Transfer[];
};

export type Devnet = AsyncDisposable &
  DevnetHandle & {
    readonly url: string;
    /** Where another node of the same chain answers, which may have faults of its own. Any name will do. */
    nodeUrl(node: string): string;
  };

/** A chain in this process: its addresses lead nowhere, and questions go to `ask`. */
export type MemoryDevnet = Devnet & {
  /** Asks a node by one of its addresses; rejects when the node drops the connection. */
  readonly ask: (request: {
    url: string;
    path: string;
    query: Record<string, unknown>;
    body: string | undefined;
  }) => Promise<{ status: number; text: string }>;
};

/** Resolves nowhere (RFC 6761). */
const MEMORY_URL = "http://devnet.invalid";

const DEFAULT_BLOCK_MS = 3000;
const DEFAULT_SOLID_AFTER = 19;

/**
 * A TRON-compatible chain on localhost, with its HTTP API at `url`. Everything is in `dir`: a second start continues the chain.
 * Throws when the port is taken or the folder cannot be written.
 */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const { dir, port = 0, host = "127.0.0.1", blockMs = DEFAULT_BLOCK_MS } = options;
  const clock = options.clock ?? { now: () => Date.now() };
  const { store, chain, handle } = open(dir, { ...options, blockMs, clock });
  const server = createServer(chain);
  const url = await listen(server, { host, port });
  const timer = options.mining === "manual" ? null : startTimer({ chain, clock }, { blockMs });
  return {
    url,
    nodeUrl: (node) => nodeUrl(url, node),
    ...handle,
    get faults() {
      return chain.faults.list();
    },
    async [Symbol.asyncDispose]() {
      timer?.stop();
      await server.close();
      store.close();
    },
  };
}

/** The same chain without disk, sockets and signatures on blocks, gone with this process. Blocks are made with `mine`. */
export function openDevnet(
  options: Pick<DevnetOptions, "accounts" | "blockMs" | "solidAfter" | "clock">,
): MemoryDevnet {
  const clock = options.clock ?? { now: () => Date.now() };
  const { store, chain, handle } = open(null, { ...options, clock });
  return {
    url: MEMORY_URL,
    nodeUrl: (node) => nodeUrl(MEMORY_URL, node),
    ...handle,
    get faults() {
      return chain.faults.list();
    },
    ask: async ({ url, path, query, body }) => {
      const [, node = MAIN_NODE, rest = ""] =
        /^https?:\/\/[^/]+(?:\/node\/([^/]+))?\/?(.*)$/.exec(url) ?? [];
      const door = [rest, path].join("/").replace(/^\/+/, "");
      return toResponse(askNode(chain, node, { path: door, query, body }));
    },
    [Symbol.asyncDispose]: async () => store.close(),
  };
}

const nodeUrl = (url: string, node: string): string => `${url}/node/${node}`;

function toResponse(answer: Answer): { status: number; text: string } {
  if (answer.kind === "json") return { status: 200, text: JSON.stringify(answer.value) };
  if (answer.kind === "page") return { status: answer.status, text: answer.text };
  throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
}

function open(
  dir: string | null,
  {
    clock,
    blockMs = DEFAULT_BLOCK_MS,
    solidAfter = DEFAULT_SOLID_AFTER,
    accounts = [],
  }: Partial<DevnetOptions> & { clock: Clock },
) {
  const store = openStore(dir);
  const isSigned = dir !== null;
  const chain = openChain({ store, clock }, { blockMs, solidAfter, accounts, isSigned });
  return { store, chain, handle: createHandle(chain, solidAfter) };
}

async function listen(
  server: FastifyInstance,
  address: { host: string; port: number },
): Promise<string> {
  await server.listen(address);
  const bound = server.server.address();
  if (bound === null || typeof bound === "string") throw new Error("the devnet has no TCP address");
  const host = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}

function createHandle(chain: Chain, solidAfter: number) {
  return {
    genesisBlockId: chain.genesisBlockId,
    token: hexToBase58(chain.token.address),
    fault: (fault: Fault) => chain.faults.schedule(fault),
    clearFaults: () => chain.faults.clear(),
    mine: (blocks: number) => void chain.mine(blocks),
    solidify: () => void chain.mine(solidAfter + 1),
    setToken: (change: TokenChange) => void chain.setToken(toSwitches(change)),
    head: chain.head,
    blocks: () =>
      chain.store.blocks(0, chain.head().number + 1).map(({ number, id, timestampMs }) => ({
        number,
        id,
        timestampMs,
        txids: chain.store.transactions(number, number + 1).map(({ txid }) => txid),
      })),
    transfers: () => transfersOf(chain),
  };
}

function toSwitches({ blacklist, ...switches }: TokenChange) {
  if (blacklist === undefined) return switches;
  const addresses = blacklist.map((address) => {
    const hex = parseAddress(address);
    if (hex === null) throw new RangeError(`blacklist: ${address} is not a TRON address`);
    return hex;
  });
  return { ...switches, blacklist: addresses };
}
