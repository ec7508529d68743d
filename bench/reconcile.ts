import { join } from "node:path";
import { type Clock, createTestClock } from "@lucid/platform/clock";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { addressOfKey, parseAddress, sha256, slotStart, toHex, utf8 } from "@lucid/protocol";
import { type Endpoint, networkProfile } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { collections } from "../packages/node-management/src/collections.ts";
import { createLedger } from "../packages/node-management/src/ledger/index.ts";
import {
  createAttempts,
  payoutsCollections,
} from "../packages/node-management/src/payouts/index.ts";
import { createPolicies } from "../packages/node-management/src/policy/index.ts";
import { testNetwork, testPolicy } from "../packages/node-management/src/testing/index.ts";
import { createTreasury } from "../packages/node-management/src/treasury/index.ts";
import { withFolder } from "./measure.ts";
import { benchWallet, blockId, type Paid, serveHistory } from "./servers/tron-history.ts";

const PAYOUTS = 100_000;
/** About a year of TRON, so that the log has to be asked for in as many parts as there. */
const BLOCKS = 10_000_000;
const BLOCK_MS = 3000;
const NET_MICRO = 9_900_000n;
const GROSS_MICRO = 10_000_000n;
const TOKEN = addressOfKey("77".repeat(32));

/**
 * Seconds to compare 100 000 payouts of a year with the chain, from a node's log and from an account history, over HTTP;
 * and that one payout which was never made is found among them.
 */
export async function benchReconcile(): Promise<Record<string, number>> {
  return withFolder(async (directory) => {
    const path = join(directory, "node-management.sqlite");
    await using documents = await openDocuments(
      { engine: "sqlite", path, create: true },
      collections,
    );
    return await measure(documents);
  });
}

async function measure(documents: Documents): Promise<Record<string, number>> {
  const network = testNetwork();
  const clock = createTestClock(slotStart(network.genesis, network.genesis.first_slot));
  const paid = makeTransfers();
  const chain = chainFrom(clock.now());
  await using server = await serveHistory({ ...chain, paid });
  await using thief = await serveHistory({ ...chain, paid: paid.slice(1) });
  const reconcile = await openBooks({ documents, network, clock });
  await insertPayouts(documents, { paid, startMs: clock.now() });
  await clock.advance(BLOCKS * BLOCK_MS);

  const clean = await reconcile(server.endpoint);
  if (clean.differences_total !== 0 || clean.payouts !== PAYOUTS || clean.transfers !== PAYOUTS)
    throw new Error(`not reconciled: ${JSON.stringify(clean)}`);
  const requests = server.requests();
  const robbed = await reconcile(thief.endpoint);
  return {
    payouts: clean.payouts,
    sources: clean.sources.length,
    seconds: clean.seconds,
    payouts_per_s: clean.payouts / clean.seconds,
    requests,
    found_in_one_missing: robbed.differences_total,
    rss_mib: process.memoryUsage.rss() / 2 ** 20,
  };
}

const chainFrom = (startMs: number) => ({
  wallet: benchWallet,
  walletHex: toHex(parseAddress(benchWallet)),
  token: TOKEN,
  tokenHex: toHex(parseAddress(TOKEN)),
  headNumber: BLOCKS,
  headMs: startMs + BLOCKS * BLOCK_MS,
  blockMs: BLOCK_MS,
  startMicro: NET_MICRO * BigInt(PAYOUTS),
});

/** The books of a network that pays from the bench's wallet; compares them with the chain at an endpoint. */
async function openBooks(deps: {
  documents: Documents;
  network: ReturnType<typeof testNetwork>;
  clock: Clock;
}) {
  const shared = { ...deps, metrics: createMetrics(), events: createEvents<never>() };
  const policies = await createPolicies(shared, { firstPolicy: testPolicy(deps.network) });
  const ledger = createLedger({ ...shared, policies });
  const genesisBlockId = blockId(0);
  await ledger.bind({ chainGenesisId: genesisBlockId, token: TOKEN, wallet: benchWallet });
  return async (endpoint: Endpoint) => {
    const profile = networkProfile("local", {
      genesisBlockId,
      token: TOKEN,
      endpoints: [endpoint],
    });
    const treasury = createTreasury({
      ...shared,
      policies,
      ledger,
      attempts: createAttempts({ documents: deps.documents }),
      ownerOf: () => null,
      ownerExists: () => false,
      claimAddress: async () => true,
      log: createLog({ level: "silent", name: "bench" }),
      payer: { chains: [createChain(profile, endpoint)], signer: { address: benchWallet } },
    });
    const began = performance.now();
    const found = await treasury.reconcile();
    if (!found.ok) throw new Error(found.reason);
    return { ...found.result, seconds: (performance.now() - began) / 1000 };
  };
}

function makeTransfers(): Paid[] {
  const to = addressOfKey("22".repeat(32));
  const toWord = toHex(parseAddress(to)).slice(2).padStart(64, "0");
  return Array.from({ length: PAYOUTS }, (_, i) => ({
    txid: toHex(sha256(utf8(`payout ${i}`))),
    block: 1 + Math.floor((i * (BLOCKS - 2)) / PAYOUTS),
    to,
    toWord,
    amountMicro: NET_MICRO,
  }));
}

async function insertPayouts(
  documents: Documents,
  { paid, startMs }: { paid: readonly Paid[]; startMs: number },
): Promise<void> {
  const [, payouts] = payoutsCollections;
  const written = await documents.collection(payouts).insertMany(
    paid.map(({ txid, block, to }, i) => ({
      id: `payout_${txid.slice(0, 26)}`,
      decisions: [],
      expiries: [],
      owner_id: "owner_bench",
      account: `owner:${i % 1000}`,
      seq: i,
      recipient: to,
      gross_micro: GROSS_MICRO,
      net_micro: NET_MICRO,
      fee_micro: GROSS_MICRO - NET_MICRO,
      policy: 1,
      created_at: startMs + i,
      state: "confirmed" as const,
      why: "Paid.",
      fence: 1,
      changed_at: startMs + i,
      parked: false,
      reversal: "none" as const,
      changes: [],
      sealed_slots: [],
      is_sealed: true,
      unwitnessed: false,
      attempt: 1,
      wallet: benchWallet,
      token: TOKEN,
      txid,
      block,
    })),
  );
  if (written.inserted !== PAYOUTS) throw new Error("the payouts could not be written");
}
