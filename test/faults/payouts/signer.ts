import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { slotAt } from "@lucid/protocol";
import { type LocalSigner, networkProfile, type Signer, TronError } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import type { MemoryDevnet } from "@lucid/tron-devnet";
import type { PayerWorld } from "../../../packages/node-management/src/testing/payer-world.ts";
import { createChainView } from "../../../packages/tron/src/signer/chain-view.ts";
import {
  acceptJournal,
  type Journal,
  makeJournal,
  openJournal,
} from "../../../packages/tron/src/signer/journal.ts";
import type { LogState } from "../../../packages/tron/src/signer/log-store.ts";
import type { LogView, ProvenDebit } from "../../../packages/tron/src/signer/log-view.ts";
import { formatRequest, type SignRequest } from "../../../packages/tron/src/signer/request.ts";
import { createSigning, type Signing } from "../../../packages/tron/src/signer/service.ts";
import type { Earner } from "./stage.ts";

/** When a signer dies: around its next line in the journal. */
export type Death = "before_line" | "after_line";

/** The signer of a wallet, beside the payers that ask it and whatever becomes of their stores. */
export type SignerProgram = Disposable & {
  /** What a payer on this world's books asks instead of a key. */
  readonly of: (world: PayerWorld) => (local: LocalSigner) => Signer;
  /** Lets it die at its next line; the next request finds it started again. */
  readonly doom: (death: Death) => void;
  /** Puts the journal back to when it was made; with its mark when the whole disk goes back. */
  readonly restore: (options: { readonly isWhole: boolean }) => void;
  /** A person lets tokens from this one on count again. */
  readonly lower: (fence: number) => void;
  /** A person goes on with the journal as it is, and says of the Transfers that it lacks which payouts they paid. */
  readonly accept: (paidBy: ReadonlyMap<string, string | undefined>) => void;
};

const CAPS = {
  payoutMicro: 10n ** 12n,
  hourMicro: 10n ** 12n,
  dayMicro: 10n ** 12n,
  dayCount: 1_000_000,
  feeLimitSun: 200_000_000n,
};

/** A folder of Linux in memory: what a process that dies has written is there too, and nothing waits for a disk. */
const MEMORY = "/dev/shm";

/** A payer gives its transfers three minutes. */
const PACE = { delaySlots: 0, lifetimeMs: 200_000 };

/** The real signer with its journal on the disk. Only the public log it is shown is whatever the books of who asks say. */
export const openSigner = (world: PayerWorld, earners: readonly Earner[]): SignerProgram => {
  const { services, devnet, wallet } = world;
  const { clock, network } = services;
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "signer-"));
  const path = join(folder, "journal.sqlite");
  const { genesisBlockId: chain, token } = devnet;
  const binding = { network_id: network.networkId, chain, token, wallet };
  const files = [path, `${path}.mark`] as const;
  makeJournal(path, { ...binding, since_ms: 0, at_ms: clock.now() });
  for (const file of files) copyFileSync(file, `${file}.first`);
  const ports = endpointsOf(devnet as MemoryDevnet);
  let death: Death | null = null;
  let isMarkApart = true;
  let life: Life | null = null;

  const end = (): void => {
    life?.journal[Symbol.dispose]();
    life = null;
    death = null;
  };
  const die = (): never => {
    end();
    throw new Error("the signer was killed");
  };
  const start = (): Life => {
    const file = openJournal(path, binding);
    const add: Journal["add"] = (kind, line) => {
      if (death === "before_line") die();
      file.add(kind, line);
      if (death === "after_line") die();
    };
    return { journal: { ...file, add }, signings: new Map() };
  };
  const signingFor = (asking: PayerWorld, local: LocalSigner): Signing => {
    life ??= start();
    const found = life.signings.get(asking);
    if (found !== undefined) return found;
    const view = createChainView(ports.chains, devnet);
    const deps = {
      journal: life.journal,
      chain: view,
      log: openLog(asking, earners),
      local,
      clock,
    };
    const options = { profile: ports.profile, caps: CAPS, ...PACE, isMarkApart };
    const signing = createSigning(deps, options);
    life.signings.set(asking, signing);
    return signing;
  };

  return {
    of: (asking) => (local) => ({
      address: local.address,
      sign: async (unsigned, order) => {
        const request = JSON.parse(formatRequest(unsigned, order)) as SignRequest;
        const answer = await askOrFail(async () => signingFor(asking, local).sign(request));
        if (answer.ok) return answer.signed;
        const words = `the signer refuses: ${answer.detail} (${answer.code})`;
        throw new TronError("tron.signer.refused", words, { code: answer.code });
      },
    }),
    doom: (when) => {
      death = when;
    },
    restore: ({ isWhole }) => {
      end();
      isMarkApart = !isWhole;
      for (const file of isWhole ? files : [path]) copyFileSync(`${file}.first`, file);
    },
    lower: (fence) => {
      end();
      using journal = openJournal(path, binding);
      const at_ms = Math.max(clock.now(), journal.lastMs());
      journal.add("lowered", { fence, reason: "a copy of the store paid", at_ms });
    },
    accept: (paidBy) => {
      end();
      const line = { reason: "the newest copy is lost", at_ms: clock.now() };
      acceptJournal(path, binding, line);
      using journal = openJournal(path, binding);
      for (const { txid, from } of devnet.transfers()) {
        if (from !== wallet || journal.isKnown(txid)) continue;
        const payoutId = paidBy.get(txid);
        const paid = payoutId === undefined ? {} : { payout_id: payoutId };
        journal.add("foreign", { ...line, ...paid, txid });
      }
    },
    [Symbol.dispose]: () => {
      end();
      rmSync(folder, { recursive: true });
    },
  };
};

/** From one start of the signer to its end. */
type Life = { readonly journal: Journal; readonly signings: Map<PayerWorld, Signing> };

const askOrFail = async <A>(ask: () => Promise<A>): Promise<A> => {
  try {
    return await ask();
  } catch (error) {
    throw new TronError("tron.signer.unreachable", `the signer cannot be asked: ${String(error)}`);
  }
};

const endpointsOf = (devnet: MemoryDevnet) => {
  const { genesisBlockId, token } = devnet;
  const endpoints = [devnet.nodeUrl("a"), devnet.nodeUrl("b")].map((url) => ({
    full: url,
    solidity: url,
    jsonrpc: `${url}/jsonrpc`,
  }));
  const profile = networkProfile("local", { genesisBlockId, token, endpoints });
  const carried = { transport: devnet.ask };
  return { profile, chains: endpoints.map((endpoint) => createChain(profile, endpoint, carried)) };
};

/** A log that seals at once whatever the books say, and says something else when they were put back: it protects nobody. */
const openLog = ({ services, start }: PayerWorld, earners: readonly Earner[]): LogView => {
  const { genesis } = services.network;
  const { ledger } = start();
  const debits = new Map<string, ProvenDebit>();
  const state = () => ({ genesis, size: 1 }) as LogState;
  return {
    refresh: async () => {
      debits.clear();
      for (const { ownerId, node } of earners)
        for (const entry of await ledger.entries(`owner:${ownerId}`)) {
          const reversal = `payout_reversal:${entry.key.slice("payout:".length)}` as const;
          debits.set(`${entry.account}#${entry.seq}`, {
            entry,
            slot: slotAt(genesis, entry.at),
            address: node.address,
            isReversed: (await ledger.byKey(reversal)) !== null,
          });
        }
      return state();
    },
    debit: (account, seq) => debits.get(`${account}#${seq}`) ?? null,
    state,
    problem: () => null,
  };
};
