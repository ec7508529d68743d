import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Running } from "../e2e/lucid.ts";
import { prepareRehearsal, type Rehearsal, SIGNER_USER } from "./stage.ts";

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log("skipped: only root can run programs under several user ids");

describe.skipIf(!isRoot)("mainnet, rehearsed with every program a process of its own", () => {
  let world: Rehearsal;
  let signer: Running;
  beforeAll(async () => {
    world = await prepareRehearsal();
  }, 60_000);
  afterAll(() => world[Symbol.asyncDispose]());

  const schedule = () => world.client.call("getPayoutSchedule", {});
  const payouts = async () =>
    (await world.client.call("listPayouts", { query: { limit: 100 } })).items;
  const signed = async () => (await payouts()).filter(({ txid }) => txid !== null);
  const confirmed = async () => (await payouts()).filter(({ state }) => state === "confirmed");
  /** What an owner reads who would be due. */
  const waits = async (): Promise<string | undefined> => {
    const { items } = await world.client.call("listOwners", { query: {} });
    return items.find(({ balance_usdt }) => Number(balance_usdt) >= 10)?.waits;
  };
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    while (!(await condition())) await wait(200);
  };

  test("is checked: what is wrong is said with its fix, and nothing is signed before somebody enables it", async () => {
    const without = await world.founder("payouts", "check", "--json");
    expect(without.code).toBe(8);
    expect(without.out).toContain("start `lucid signer`");
    signer = await world.startSigner();
    await until(async () => (await waits()) !== undefined);
    expect(await waits()).toContain("nobody has enabled it yet");
    expect(await schedule()).toMatchObject({ state: "stopped" });
    expect(await payouts()).toEqual([]);
    const checked = await world.founder("payouts", "check");
    expect(checked.code, checked.out).toBe(0);
    expect(checked.out).toContain(`user id ${SIGNER_USER.uid} signs`);
  }, 60_000);

  test("is enabled, pays, stops in words while the signer is dead, and goes on with it", async () => {
    const enabled = await world.founder("payouts", "enable", "rehearsed on paper");
    expect(enabled.code, enabled.err).toBe(0);
    await until(async () => (await confirmed()).length >= 3);

    signer.kill("SIGKILL");
    await signer.ended;
    await until(async () => (await schedule()).state === "stopped");
    const before = await signed();
    await until(async () => (await waits()) !== undefined);
    expect(await waits()).toContain("signing on local is off: the signer does not answer");
    expect(await signed()).toHaveLength(before.length);

    await world.startSigner();
    await until(async () => (await confirmed()).length > before.length);
    const compared = await world.founder("payouts", "reconcile");
    expect(compared.out).toContain("no difference");
  }, 90_000);
});
