import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ownerAccount,
  payoutId,
  payoutKey,
  recordLeaf,
  rewardKey,
  slotAt,
  slotEnd,
  slotStart,
} from "@lucid/protocol";
import type { Genesis, LedgerEntry } from "@lucid/protocol";
import { startNetwork, WALLET } from "../../../../tron-devnet/src/testing/network.ts";
import {
  filesToSource,
  logFiles,
  sealBlocks,
  testNetwork,
} from "../../../../verify/src/testing/index.ts";
import type { TestDraft } from "../../../../verify/src/testing/index.ts";
import { createNode, createOwner, enrol } from "../../../../verify/src/testing/world/index.ts";
import type { WorldNode, WorldOwner } from "../../../../verify/src/testing/world/index.ts";
import { createWorldLedger } from "../../../../verify/src/testing/world/ledger.ts";
import type { ChainPort, SignOrder, TransferRequest, UnsignedTransfer } from "../../port.ts";
import { createChainView } from "../chain-view.ts";
import { makeJournal, openJournal } from "../journal.ts";
import { openLogStore } from "../log-store.ts";
import { createLogView } from "../log-view.ts";
import { formatRequest, type SignRequest } from "../request.ts";
import { DAY_MS, type SignerCaps } from "../rules.ts";
import { createSigning, type Signing } from "../service.ts";

export const SOLID_AFTER = 3;
const USDT = 1_000_000n;

const wide: SignerCaps = {
  payoutMicro: 10_000n * USDT,
  hourMicro: 10_000n * USDT,
  dayMicro: 10_000n * USDT,
  dayCount: 100,
  feeLimitSun: 200_000_000n,
};

export type SignerProcess = Disposable & { readonly signing: Signing };

/** A wallet on a chain of its own, a public log that the test seals, and signers on one journal. */
export type SignerWorld = Awaited<ReturnType<typeof createSignerWorld>>;

export const createSignerWorld = async ({
  startMs,
  ...choices
}: { startMs?: number } & Partial<Genesis> = {}) => {
  const dir = mkdtempSync(join(tmpdir(), "signer-"));
  const network = testNetwork(
    startMs === undefined
      ? choices
      : { ...choices, first_slot: slotAt(testNetwork(choices).genesis, startMs) },
  );
  const { genesis, networkId } = network;
  const time = { nowMs: slotStart(genesis, genesis.first_slot) };
  const clock = { now: () => time.nowMs };
  const net = await startNetwork({ dir, clock, blockMs: 3000, solidAfter: SOLID_AFTER });
  const ledger = createWorldLedger({});
  const drafts: TestDraft[] = [];
  const files = new Map<string, Uint8Array>();
  const binding = {
    network_id: networkId,
    chain: net.devnet.genesisBlockId,
    token: net.devnet.token,
    wallet: WALLET,
  };
  const journalPath = join(dir, "journal.sqlite");

  const mine = (blocks: number): void => {
    net.devnet.mine(blocks);
    time.nowMs = Math.max(time.nowMs, net.devnet.head().timestampMs);
  };

  const publish = (): void => {
    files.clear();
    for (const [path, bytes] of logFiles(network, sealBlocks(network, drafts)))
      files.set(path, bytes);
  };

  /** Seals the next slot, and lets its time pass. */
  const seal = (leaves: Uint8Array[] = []): void => {
    drafts.push({ leaves });
    publish();
    time.nowMs = Math.max(time.nowMs, slotEnd(genesis, genesis.first_slot + drafts.length - 1) + 1);
  };

  /** A node of a new owner. */
  const enrolNode = (name: string): WorldNode => {
    const node = createNode(network, name, createOwner(networkId, name));
    seal([recordLeaf("enrolment", enrol(network, node))]);
    return node;
  };

  /** When the slot begins that is sealed next. */
  const openMs = (): number => slotStart(genesis, genesis.first_slot + drafts.length);

  const enter = (draft: Parameters<typeof ledger.append>[0][number]): LedgerEntry => {
    const [record] = ledger.append([draft]);
    return record?.data as LedgerEntry;
  };

  let epoch = 0;
  const earn = (owner: WorldOwner, amountMicro: bigint): LedgerEntry =>
    enter({
      account: ownerAccount(owner.ownerId),
      key: rewardKey(++epoch, `node_${"a".repeat(26)}`),
      amountMicro,
      contra: [{ account: "rewards", amountMicro: -amountMicro }],
      epoch,
      policy: 1,
      at: openMs(),
    });

  /** Decides a payout, of which a hundredth is the fee; not sealed. */
  const decide = (
    owner: WorldOwner,
    grossMicro: bigint,
    changes: { ref?: string; at?: number } = {},
  ): LedgerEntry => {
    earn(owner, grossMicro);
    const account = ownerAccount(owner.ownerId);
    const fee = grossMicro / 100n;
    return enter({
      account,
      key: payoutKey(payoutId(networkId, account, (ledger.last(account)?.seq ?? -1) + 1)),
      amountMicro: -grossMicro,
      contra: [
        { account: "in_flight", amountMicro: grossMicro - fee },
        { account: "fees", amountMicro: fee },
      ],
      ref: owner.address,
      policy: 1,
      at: openMs(),
      ...changes,
    });
  };

  const sealEntry = (entry: LedgerEntry): LedgerEntry => {
    seal([recordLeaf("ledger_entry", entry)]);
    return entry;
  };

  /** What an honest payer asks for a debit. */
  const transferOf = async (
    entry: LedgerEntry,
    changes: Partial<TransferRequest> = {},
  ): Promise<{ unsigned: UnsignedTransfer; order: SignOrder }> => {
    const { contra, seq, hash } = entry;
    const solid = await net.chain.solidHead();
    if (!solid.ok) throw new Error(solid.reason);
    const unsigned = await net.chain.buildTransfer({
      from: WALLET,
      to: entry.ref ?? "",
      amountMicro: BigInt(contra.find(({ account }) => account === "in_flight")?.amount_micro ?? 0),
      refBlock: { id: solid.value.id, number: solid.value.number },
      timestampMs: time.nowMs,
      expirationMs: time.nowMs + 60_000,
      feeLimitSun: 50_000_000n,
      ...changes,
    });
    const grossMicro = -BigInt(entry.amount_micro);
    const order = {
      payoutId: entry.key.slice("payout:".length),
      attempt: 1,
      fence: 1,
      debit: { account: entry.account, seq, hash, grossMicro, policy: entry.policy },
      head: { seq, hash },
    };
    return { unsigned, order };
  };

  /** The same as it goes over the socket; `changes` are those of a payer that lies. */
  const ask = async (
    entry: LedgerEntry,
    changes: Partial<SignRequest> = {},
    transfer: Partial<TransferRequest> = {},
  ): Promise<SignRequest> => {
    const { unsigned, order } = await transferOf(entry, transfer);
    return { ...(JSON.parse(formatRequest(unsigned, order)) as SignRequest), ...changes };
  };

  const start = ({
    caps = {},
    delaySlots = 0,
    isMarkApart = true,
    chains = [net.chain, net.chain],
  }: {
    caps?: Partial<SignerCaps>;
    delaySlots?: number;
    isMarkApart?: boolean;
    chains?: ChainPort[];
  } = {}): SignerProcess => {
    const journal = openJournal(journalPath, binding);
    const store = openLogStore(join(dir, "log.sqlite"));
    const signing = createSigning(
      {
        journal,
        log: createLogView({ source: filesToSource(files), store }, { networkId }),
        chain: createChainView(chains, { genesisBlockId: net.devnet.genesisBlockId }),
        local: net.signer,
        clock,
      },
      {
        profile: net.profile,
        caps: { ...wide, ...caps },
        delaySlots,
        isMarkApart,
        lifetimeMs: DAY_MS,
      },
    );
    return {
      signing,
      [Symbol.dispose]: () => {
        journal[Symbol.dispose]();
        store[Symbol.dispose]();
      },
    };
  };

  mine(SOLID_AFTER + 2);
  makeJournal(journalPath, { ...binding, since_ms: openMs(), at_ms: time.nowMs });
  return {
    ...net,
    dir,
    network,
    time,
    files,
    drafts,
    binding,
    journalPath,
    mine,
    seal,
    publish,
    earn,
    decide,
    sealEntry,
    ask,
    transferOf,
    openedMs: slotStart(genesis, genesis.first_slot),
    start,
    owner: (name: string): WorldOwner => enrolNode(name).owner,
    node: enrolNode,
    /** Decided and sealed. */
    debit: (owner: WorldOwner, grossMicro = 10n * USDT): LedgerEntry =>
      sealEntry(decide(owner, grossMicro)),
    async [Symbol.asyncDispose]() {
      await net[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
