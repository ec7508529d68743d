import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toHex } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import {
  type DecisionWorld,
  openDecisionWorld,
} from "../../../node-management/src/testing/decision-world.ts";
import { testSeed } from "../../../node-management/src/testing/index.ts";
import { servePayer } from "../../../node-management/src/testing/serve-payer.ts";
import { runLucid } from "../testing/run-lucid.ts";

let stack: AsyncDisposableStack;
let t: DecisionWorld;
let url: string;
let folder: string;
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  ({ path: folder } = stack.use(await createTestFolder()));
  for (const name of ["ann", "bob"]) await writeFile(keyOf(name), toHex(testSeed(name)));
});
afterEach(() => stack[Symbol.asyncDispose]());

const keyOf = (name: string): string => join(folder, `${name}.key`);

/** A network with a payout of 20 USDT that people have to approve. */
const open = async (...[earned, options, start]: Parameters<typeof openDecisionWorld>) => {
  t = stack.use(await openDecisionWorld(earned, { chain: "in memory", ...options }, start));
  ({ url } = stack.use(await servePayer(t, ["ann", "bob"])));
};

const payouts = (...words: string[]) => runLucid(["payouts", ...words, "--service", url]);
const by = (name: string, ...args: string[]) => payouts(...args, "--key", keyOf(name));
const ownerId = () => t.world.services.registry.node(t.node.nodeId)?.ownerId ?? "";

const MANUAL = { rules: { mode: "manual", oversight_above_micro: "15000000" } } as const;

describe("lucid payouts", () => {
  test("lists, shows and approves, each person for itself, and refuses what the state forbids", async () => {
    await open(20, MANUAL);
    const { id } = await t.first();
    const listed = await payouts("list", "--state", "created");
    expect(listed.out).toMatch(new RegExp(`^${id}  created +19.800000  .* waits: two people`, "m"));
    expect((await payouts("list", "--state", "sent")).code).not.toBe(0);
    const once = await by("ann", "approve", id, "looked at it");
    expect(once.out).toContain(`${id} is created`);
    expect(once.out).toMatch(/approve by person_\w+, attempt 1: looked at it/);
    expect((await by("bob", "approve", id, "so did I")).code).toBe(0);
    await t.runs(3);
    const shown = await payouts("show", id);
    expect(shown.out).toContain(`${id} is confirmed: Paid: 19.800000 USDT`);
    for (const command of ["cancel", "expire", "retry"])
      expect((await by("ann", command, id, "too late")).err).toContain(`${id} is confirmed, and`);
    expect((await by("ann", "close", id, "too late", "--give-back", "0")).err).toContain(
      `${id} is confirmed, and`,
    );
    expect((await by("ann", "close", id, "no amount")).err).toContain("--give-back");
  });

  test("cancels before the signature", async () => {
    await open(20, MANUAL);
    const { id } = await t.first();
    expect((await by("ann", "cancel", id, "not this one")).code).toBe(0);
    await t.runs(2);
    const all = await payouts("list");
    expect(all.out).toMatch(/cancelled .*not this one/);
  });

  test("says what the next run pays, what everybody waits for, and has it run", async () => {
    await open(5, MANUAL);
    await t.world.earn(t.node, 7_000_000n);
    const plan = await payouts("plan", "--trx-price", "0.3");
    expect(plan.out).toMatch(/payouts are running; next run/);
    expect(plan.out).toMatch(/new .* waits: a person has to approve it once it is decided/);
    expect((await payouts("run", "--dry-run")).out).toContain("the next run pays 0.000000 USDT");
    const waits = await payouts("waits");
    expect(waits.out).toMatch(
      new RegExp(`${ownerId()}  12.000000  12.000000 USDT are due and go with the next run`),
    );
    const other = t.world.services.registry.node(t.other.nodeId)?.ownerId ?? "";
    const one = await payouts("waits", other);
    expect(one.out).toContain("a payout is made from 10.000000 USDT on");
    expect(one.out).not.toContain(ownerId());
    expect(await by("ann", "run")).toMatchObject({ code: 0, out: "payouts run now\n" });
    expect((await by("ann", "reconcile")).out).toContain("no difference");
  });

  test("holds an owner, shows since when and why, releases it, and takes what two people agree on", async () => {
    await open(5);
    const held = await by("ann", "hold", ownerId(), "cheating", "two nodes on one machine");
    const [holdId = ""] = held.out.match(/hold_[a-z2-7]{26}/) ?? [];
    expect((await by("ann", "hold", ownerId(), "greed", "no such code")).code).not.toBe(0);
    const listed = await payouts("holds");
    expect(listed.out).toMatch(
      new RegExp(`^${holdId}  active  ${ownerId()}  held since .*two nodes on one machine`, "m"),
    );
    expect((await payouts("waits", ownerId())).out).toContain("are held since");
    expect((await by("bob", "release", holdId, "they are two")).out).toContain("released");
    expect((await payouts("holds")).out).toBe("page 1 of 1, 0 in all\n");
    expect((await payouts("holds", "--all", "--owner", ownerId())).out).toContain("Released by");

    const again = await by("ann", "hold", ownerId(), "cheating", "one machine after all");
    const [second = ""] = again.out.match(/hold_[a-z2-7]{26}/) ?? [];
    const forfeit = (name: string, amount: string) =>
      by(name, "forfeit", second, "the ports are the same", "--amount", amount);
    expect((await forfeit("ann", "5.1")).err).toContain("the balance of");
    expect((await forfeit("ann", "4")).out).toContain("a second person has to say the same");
    expect((await forfeit("bob", "4")).out).toContain("4.000000 USDT were forfeited");
    expect(await t.balance()).toBe(1_000_000n);
    expect((await forfeit("bob", "1")).err).toContain("is upheld");
  });
});
