import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "@lucid/api/client";
import { addressOfKey, sha256, toHex, utf8 } from "@lucid/protocol";
import { type Devnet, startDevnet } from "@lucid/tron-devnet";
import { findFreePort } from "../../packages/cli/src/programs/index.ts";
import { startServiceProcess as startLogProcess } from "../../packages/block-manager/src/testing/process.ts";
import { startServiceProcess } from "../../packages/node-management/src/testing/process.ts";
import { createFixture, type Fixture } from "../fixture.ts";
import { auditBooks } from "./books.ts";
import { startCrowd } from "./crowd.ts";
import { comeToRest } from "./rest.ts";
import { findUnsealed } from "./sealed.ts";

const treasuryKey = toHex(sha256(utf8("faults treasury")));
const treasury = addressOfKey(treasuryKey);
const originMs = 1_704_067_200_000;
const fast = { slot_ms: 400, slots_per_epoch: 12, grace_ms: 100, leader_window_ms: 75 };
/** Long enough to come through a start, an epoch's settlement and the steps of a payout, or to die in the middle. */
const aliveMs = { least: 1, most: 1200 };

export type KillReport = {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged beacons that do not stand in the block of their slot. */
  readonly lost: number;
  readonly confirmed_payouts: number;
  readonly transfers: number;
  readonly ledger_ok: boolean;
  readonly ok: boolean;
  readonly problems: readonly string[];
};

/**
 * Runs service and log as processes against a chain on localhost with nodes that beacon, kills them with SIGKILL at
 * random moments (the log every other time), lets them come to rest and compares what they kept with what nodes and
 * chain saw.
 */
export async function runKills(times: number, tell: (line: string) => void): Promise<KillReport> {
  const directory = mkdtempSync(join(tmpdir(), "lucid-kill-"));
  try {
    return await killIn(directory, times, tell);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function killIn(
  directory: string,
  times: number,
  tell: (line: string) => void,
): Promise<KillReport> {
  await using devnet = await startDevnet({
    dir: join(directory, "chain"),
    blockMs: 200,
    accounts: [{ address: treasury, trxSun: 10n ** 12n, usdtMicro: 10n ** 12n }],
  });
  const fixture = await createNetwork(join(directory, "service"));
  const port = await findFreePort(0);
  const startLog = () => startLogProcess(fixture.directory, { BLOCK_MANAGER_PORT: `${logPort}` });
  const logPort = await findFreePort(0);
  let log = startLog();
  const settings = settingsFor(devnet, { port, logUrl: await log.url });
  const start = () => startServiceProcess(fixture.directory, settings);
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 2000 });
  const stop = new AbortController();
  const crowd = startCrowd(client, fixture, stop.signal);

  for (let kill = 1; kill <= times; kill++) {
    const service = start();
    await service.url;
    await wait(randomInt(aliveMs.least, aliveMs.most));
    service.signal("SIGKILL");
    await service.exit;
    if (kill % 2 === 0) {
      log.signal("SIGKILL");
      await log.exit;
      log = startLog();
      await log.url;
    }
    if (kill % 10 === 0) tell(`${kill} kills, ${crowd.acknowledged.size} beacons acknowledged`);
  }
  const service = start();
  await service.url;
  const unfinished = await comeToRest(client, () => stop.abort());
  await crowd.ended;
  service.signal("SIGTERM");
  const exitCode = await service.exit;
  log.signal("SIGTERM");
  await log.exit;

  const transfers = devnet.transfers().filter(({ from }) => from === treasury);
  const books = await auditBooks(fixture.directory, transfers);
  const lost = await findUnsealed(join(fixture.directory, "log"), crowd.acknowledged);
  const problems = [
    ...unfinished,
    ...(exitCode === 0 ? [] : [`the service stopped with exit code ${exitCode}`]),
    ...books.differences,
    ...lost.map((beacon) => `acknowledged and not in its block: ${beacon}`),
    ...(books.ledger_ok ? [] : ["the ledger's chains do not hold"]),
    ...(books.confirmed === 0 ? ["no payout was confirmed"] : []),
  ];
  return {
    kills: times,
    acknowledged: crowd.acknowledged.size,
    lost: lost.length,
    confirmed_payouts: books.confirmed,
    transfers: transfers.length,
    ledger_ok: books.ledger_ok,
    ok: problems.length === 0,
    problems,
  };
}

async function createNetwork(directory: string): Promise<Fixture> {
  const fixture = await createFixture({
    directory,
    nodes: 12,
    nodesPerOwner: 3,
    genesis: { ...fast, first_slot: Math.ceil((Date.now() - originMs) / fast.slot_ms) },
    budgetMicro: 48_000_000n,
    payout: {
      day_count: 10_000,
      owner_day_count: 10_000,
      hour_cap_micro: "10000000000",
      day_cap_micro: "10000000000",
    },
  });
  writeFileSync(join(directory, "keys", "treasury.key"), treasuryKey, { mode: 0o600 });
  return fixture;
}

const settingsFor = (
  devnet: Devnet,
  { port, logUrl }: { readonly port: number; readonly logUrl: string },
): Record<string, string> => ({
  NODE_MANAGEMENT_PORT: `${port}`,
  BLOCK_MANAGER_URL: logUrl,
  TRON_NETWORK: "local",
  TRON_ENDPOINTS: devnet.url,
  TRON_TOKEN: devnet.token,
  TRON_GENESIS_BLOCK: devnet.genesisBlockId,
  NODE_ADDRESS: treasury,
  PAYOUT_PROCESSING_INTERVAL: "1",
});
