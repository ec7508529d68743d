import { join } from "node:path";
import { slotAt } from "@lucid/protocol";
import { type LocalSigner, networkProfile, type Signer, TronError } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import type { MemoryDevnet } from "@lucid/tron-devnet";
import type { PayerWorld } from "../../../packages/node-management/src/testing/payer-world.ts";
import { createChainView } from "../../../packages/tron/src/signer/chain-view.ts";
import {
  type Journal,
  makeJournal,
  openJournal,
} from "../../../packages/tron/src/signer/journal.ts";
import type { LogState } from "../../../packages/tron/src/signer/log-store.ts";
import type { LogView, ProvenDebit } from "../../../packages/tron/src/signer/log-view.ts";
import { formatRequest, type SignRequest } from "../../../packages/tron/src/signer/request.ts";
import { createSigning } from "../../../packages/tron/src/signer/service.ts";
import type { Earner } from "./stage.ts";

/** When a signer dies: around its next line in the journal. */
export type Death = "before_line" | "after_line";

/** The signer of a wallet, beside the payers that ask it and whatever becomes of their stores. */
export type SignerProgram = Disposable & {
  /** What a payer on this world's books asks instead of a key. */
  readonly of: (world: PayerWorld) => (local: LocalSigner) => Signer;
  /** Lets it die at its next line; the next request finds it started again. */
  readonly doom: (death: Death) => void;
};

const CAPS = {
  payoutMicro: 10n ** 12n,
  hourMicro: 10n ** 12n,
  dayMicro: 10n ** 12n,
  dayCount: 1_000_000,
  feeLimitSun: 200_000_000n,
};

/** The mark is elsewhere; a payer gives its transfers three minutes. */
const PACE = { delaySlots: 0, lifetimeMs: 600_000, isMarkApart: true };

/** The real signer with its journal on the disk. Only the public log it is shown is whatever the books of who asks say. */
export const openSigner = (world: PayerWorld, earners: readonly Earner[]): SignerProgram => {
  const { services, devnet, wallet } = world;
  const path = join(world.dir, "journal.sqlite");
  const binding = {
    network_id: services.network.networkId,
    chain: devnet.genesisBlockId,
    token: devnet.token,
    wallet,
  };
  makeJournal(path, { ...binding, since_ms: 0, at_ms: services.clock.now() });
  let death: Death | null = null;
  let open: Journal | null = null;

  const die = (): never => {
    open?.[Symbol.dispose]();
    open = null;
    death = null;
    throw new Error("the signer was killed");
  };
  const journal = (): Journal => {
    const file = (open ??= openJournal(path, binding));
    const add: Journal["add"] = (kind, line) => {
      if (death === "before_line") die();
      file.add(kind, line);
      if (death === "after_line") die();
    };
    return { ...file, add };
  };
  const ports = endpointsOf(devnet as MemoryDevnet);

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
    [Symbol.dispose]: () => open?.[Symbol.dispose](),
  };
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
