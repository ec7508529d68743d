import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPage } from "../docs/page.ts";
import type { Running } from "../e2e/lucid.ts";
import { NEXT_WALLET, prepareRehearsal, type Rehearsal, SIGNER_USER } from "./stage.ts";

/** As a shell takes them apart. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.log("skipped: only root can run programs under several user ids");

describe.skipIf(!isRoot)("mainnet, rehearsed with every program a process of its own", () => {
  let world: Rehearsal;
  let signer: Running;
  beforeAll(async () => {
    world = await prepareRehearsal();
  }, 240_000);
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
    await until(async () => (await waits())?.includes("nobody has enabled it yet") === true);
    expect(await schedule()).toMatchObject({ state: "stopped" });
    expect(await payouts()).toEqual([]);
    const checked = await world.founder("payouts", "check");
    expect(checked.code, checked.out).toBe(0);
    expect(checked.out).toContain(`user id ${SIGNER_USER.uid} signs`);
  }, 120_000);

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
  }, 180_000);

  test("every command of docs/payouts.md works as it is written, from top to bottom", async () => {
    const [payout] = await payouts();
    const placeholders: Readonly<Record<string, () => Promise<string | undefined>>> = {
      payout_id: async () => payout?.payout_id,
      owner_id: async () => payout?.owner_id,
      hold_id: async () => {
        const query = { state: "active" } as const;
        return (await world.client.call("listHolds", { query })).items[0]?.hold_id;
      },
      address: async () => NEXT_WALLET,
    };
    const { blocks } = readPage("docs/payouts.md");
    const lines = blocks
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) => text.split("\n"));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const name = /<(\w+)>/.exec(line)?.[1];
      const value = name === undefined ? "" : await placeholders[name]?.();
      const [, ...args] = wordsOf(line.replace(/<\w+>/, value ?? ""));
      const { code, err } = await world.founder(...args);
      expect({ line, code, err }).toEqual({ line, code: 0, err: "" });
    }
    expect((await schedule()).state).toBe("running");
  }, 180_000);
});
