import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { leaseCollection } from "@lucid/platform/leases";
import { addressOfKey, ownerAccount, rewardKey } from "@lucid/protocol";
import { startDevnet } from "@lucid/tron-devnet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WALLET_KEY } from "../../packages/node-management/src/testing/payer-world.ts";
import {
  createTestDatabase,
  withDatabase,
} from "../../packages/platform/src/documents/mongodb/testing/server.ts";
import { serverUri } from "../../packages/platform/src/documents/mongodb/testing/server-uri.ts";
import { type Running, start } from "../e2e/lucid.ts";
import { type Cable, layCable } from "../replicas/cable.ts";
import { openStage, type Place, type Stage } from "./stage.ts";

const EARNED = 20_000_000n;
const PER_ROUND = 6;
const wallet = addressOfKey(WALLET_KEY);

describe.skipIf(serverUri === null)("payers in several processes", () => {
  const stack = new AsyncDisposableStack();
  const payers: Running[] = [];
  let devnet: Awaited<ReturnType<typeof startDevnet>>;
  let stage: Stage;
  let cable: Cable;
  let place: Place;
  let earned = 0;

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "payers-"));
    stack.defer(() => rmSync(dir, { recursive: true, force: true }));
    const accounts = [{ address: wallet, trxSun: 10n ** 12n, usdtMicro: 10n ** 12n }];
    devnet = stack.use(await startDevnet({ dir, blockMs: 200, solidAfter: 3, accounts }));
    const uri = serverUri ?? "";
    const database = stack.use(createTestDatabase(uri));
    cable = stack.use(await layCable(new URL(uri).host));
    const { url, genesisBlockId, token } = devnet;
    place = { databaseUri: database.uri, chain: { url, genesisBlockId, token } };
    stage = stack.use(await openStage(place));
    stack.defer(async () => {
      for (const payer of payers) payer.kill("SIGKILL");
      await Promise.all(payers.map(({ ended }) => ended));
    });
    await stage.payer.ledger.bind({ chainGenesisId: genesisBlockId, token, wallet });
  });
  afterAll(() => stack.disposeAsync());

  const startPayer = async (databaseUri = place.databaseUri): Promise<Running> => {
    const payer = start(process.execPath, [
      join(import.meta.dirname, "payer.ts"),
      JSON.stringify({ ...place, databaseUri }),
    ]);
    payers.push(payer);
    await payer.line((line) => line === "ready");
    return payer;
  };

  /** Credits owners who are due from then on. */
  const earn = async (): Promise<void> => {
    for (const { ownerId, nodeId } of stage.owners.slice(earned, earned + PER_ROUND))
      await stage.payer.ledger.append({
        account: ownerAccount(ownerId),
        key: rewardKey(1, nodeId),
        amountMicro: EARNED,
        contra: [{ account: "rewards", amountMicro: -EARNED }],
        epoch: 1,
        policy: 1,
        at: Date.now(),
      });
    earned += PER_ROUND;
  };

  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    while (!(await condition())) await wait(20);
  };
  const isActive = async ({ pid }: Running): Promise<boolean> =>
    (await stage.documents.collection(leaseCollection).get("payouts"))?.holder === `${pid}`;
  const counts = () => stage.payer.payouts.countByState();
  const isUnderWay = async () => {
    const { created, approved, signed, broadcast } = await counts();
    return created + approved + signed + broadcast > 0;
  };
  const arePaid = async () => (await counts()).confirmed === earned;

  test("one is killed, one sleeps and wakes late, one is cut off: the next goes on, nobody is paid twice or not at all", async () => {
    const killed = await startPayer();
    await until(() => isActive(killed));
    const sleeper = await startPayer();
    await earn();
    await until(isUnderWay);
    killed.kill("SIGKILL");
    await until(() => isActive(sleeper));
    await until(arePaid);

    const lonely = await startPayer(
      withDatabase(place.databaseUri, new URL(place.databaseUri).pathname.slice(1), cable.address),
    );
    await earn();
    await until(isUnderWay);
    sleeper.kill("SIGSTOP");
    await until(() => isActive(lonely));
    await earn();
    await until(isUnderWay);
    sleeper.kill("SIGCONT");
    cable.cut();
    await until(() => isActive(sleeper));
    await until(arePaid);
    cable.mend();
    await earn();
    await until(arePaid);

    const moved = devnet.transfers().filter(({ from }) => from === wallet);
    const paid = new Map(moved.map(({ to, amountMicro }) => [to, amountMicro]));
    expect(moved).toHaveLength(earned);
    expect([...paid.keys()].toSorted()).toEqual(
      stage.owners.map(({ address }) => address).toSorted(),
    );
    expect(new Set(paid.values())).toEqual(new Set([19_800_000n]));
    expect(await stage.payer.ledger.verify()).toMatchObject({ ok: true });
  }, 120_000);
});
