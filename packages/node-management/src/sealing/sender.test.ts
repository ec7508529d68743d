import type { AppendRequest } from "@lucid/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../testing/index.ts";
import type { SendVerdict } from "./send.ts";

const first = 450;
const slotMs = 2000;

let services: TestServices;
beforeEach(async () => {
  services = await createTestServices();
});
afterEach(() => services[Symbol.asyncDispose]());

/** Seals and appends a slot more. */
const pass = async (slots = 1) => {
  await services.clock.advance(slots * slotMs);
  await services.seal();
};
const state = () => services.sealing.sender.state();
const refuse = (code: string) => (): SendVerdict => ({ outcome: "refused", code, detail: "why" });

/** The true answer, changed. */
const lying = (
  change: (answer: Extract<SendVerdict, { outcome: "appended" }>["answer"]) => void,
) => {
  const { publicLog } = services;
  return (request: AppendRequest): SendVerdict => {
    const verdict = publicLog.append(request);
    if (verdict.outcome !== "appended") return verdict;
    const answer = structuredClone(verdict.answer);
    change(answer);
    return { outcome: "appended", answer };
  };
};

describe("a block-manager that is down", () => {
  it("leaves slots waiting, and gets them in order when it is back", async () => {
    services.publicLog.answer = () => ({ outcome: "unreachable", detail: "refused" });
    await pass(40);
    expect(state()).toMatchObject({ state: "unreachable", ok: true });
    expect(services.sealing.sender.lagSlots()).toBe(39);
    expect(services.sealing.checkpoint()).toBeNull();
    services.publicLog.answer = null;
    await pass(20);
    expect(state()).toMatchObject({ state: "up_to_date", ok: true });
    expect(services.publicLog.headers.map(({ slot }) => slot)).toEqual(
      Array.from({ length: 59 }, (_, i) => first + i),
    );
  });

  it("is not asked again and again", async () => {
    services.publicLog.answer = () => ({ outcome: "unreachable", detail: "refused" });
    await pass(2);
    const { signal } = new AbortController();
    for (let i = 0; i < 100; i++) await services.sealing.sender.run(signal);
    expect(services.publicLog.requests).toHaveLength(1);
    expect(services.sealing.sender.retryInMs()).toBeGreaterThan(0);
  });
});

describe("a stop in the middle of an append", () => {
  it("is no fault of block-manager, and the next start sends the same again", async () => {
    const stop = new AbortController();
    services.publicLog.answer = (request) => {
      stop.abort();
      services.publicLog.append(request);
      return { outcome: "unreachable", detail: "aborted" };
    };
    await services.clock.advance(3 * slotMs);
    await services.sealing.run(new AbortController().signal, 1);
    await services.sealing.sender.run(stop.signal);
    expect(state()).toMatchObject({ ok: true, state: "sending" });
    services.publicLog.answer = null;
    const { sealing } = await services.restarted();
    await sealing.sender.run(new AbortController().signal);
    expect(sealing.sender.state()).toMatchObject({ state: "up_to_date" });
    expect(services.publicLog.headers).toHaveLength(2);
  });
});

describe("a block-manager that has another history", () => {
  it.each([
    ["blocks.conflict", "conflict"],
    ["blocks.order", "behind"],
    ["log.behind", "behind"],
    ["log.forked", "forked"],
    ["access.forbidden", "refused"],
  ])("is told of nothing more after %s, which shows as %s", async (code, name) => {
    await pass(3);
    services.publicLog.answer = refuse(code);
    await pass(3);
    const before = services.publicLog.requests.length;
    await pass(3);
    expect(state()).toMatchObject({ state: name, ok: false });
    expect(state().detail).toContain(`${code}: why`);
    expect(services.publicLog.requests).toHaveLength(before);
    expect(services.sealing.last()?.slot).toBe(first + 8 - 1);
  });

  it("is tried again after a while, so that what was repaired goes on by itself", async () => {
    await pass(3);
    services.publicLog.answer = refuse("log.behind");
    await pass(3);
    services.publicLog.answer = null;
    await pass(31);
    expect(state()).toMatchObject({ state: "up_to_date", ok: true });
  });
});

describe("an answer", () => {
  const other = "ab".repeat(32);
  it.each<[string, RegExp, Parameters<typeof lying>[0]]>([
    [
      "of another block",
      /calls the block/,
      ({ blocks: [block] }) => block && (block.header_hash = other),
    ],
    ["of another slot", /is not that of slot/, ({ blocks: [block] }) => block && (block.slot += 1)],
    ["that leaves one out", /names 0 blocks/, ({ blocks }) => void blocks.pop()],
    ["with a smaller tree", /does not cover/, ({ checkpoint }) => void (checkpoint.size -= 1)],
    ["with another root", /did not sign/, ({ checkpoint }) => void (checkpoint.root = other)],
    [
      "that nobody signed",
      /did not sign/,
      ({ checkpoint }) => void (checkpoint.signature = other + other),
    ],
  ])("%s is not believed", async (_, reason, change) => {
    await pass(3);
    const { size } = services.sealing.checkpoint() ?? { size: 0 };
    services.publicLog.answer = lying(change);
    await pass();
    expect(state()).toMatchObject({ state: "untrusted", ok: false });
    expect(state().detail).toMatch(reason);
    expect(services.sealing.checkpoint()?.size).toBe(size);
  });
});

describe("what agents saw", () => {
  it("goes with appends when it is larger than what was acknowledged, also after a restart", async () => {
    await pass(3);
    const known = services.sealing.checkpoint();
    const larger = { size: 100, root: "cd".repeat(32), signature: "ef".repeat(64) };
    services.sealing.noteSeen({ ...larger, size: 1 });
    await pass();
    expect(services.publicLog.requests.at(-1)?.seen).toEqual(known);
    services.sealing.noteSeen(larger);
    await pass();
    expect(services.publicLog.requests.at(-1)?.seen).toEqual(larger);
    const { sealing } = await services.restarted();
    expect(sealing.seen()).toEqual(larger);
  });

  it("has the time of a slot to be heard after a start", async () => {
    await pass(3);
    const before = services.publicLog.requests.length;
    const { sealing } = await services.restarted();
    const { signal } = new AbortController();
    await services.clock.advance(slotMs);
    await sealing.run(signal, 2);
    await sealing.sender.run(signal);
    expect(sealing.sender.state()).toMatchObject({ state: "holding", ok: true });
    expect(services.publicLog.requests).toHaveLength(before);
    await services.clock.advance(slotMs);
    await sealing.sender.run(signal);
    expect(sealing.sender.state()).toMatchObject({ state: "up_to_date" });
  });
});
