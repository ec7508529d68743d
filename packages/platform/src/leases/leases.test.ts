import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestClock } from "../clock/index.ts";
import { type Documents, openDocuments } from "../documents/index.ts";
import { createLeases, leaseCollection } from "./index.ts";

let documents: Documents;
let clock: ReturnType<typeof createTestClock>;
const leasesOf = (holder: string, options: { sole?: boolean } = {}, ownClock = clock) =>
  createLeases({ documents, clock: ownClock }, { holder, ...options });

beforeEach(async () => {
  clock = createTestClock(0);
  documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, [leaseCollection]);
});
afterEach(() => documents[Symbol.asyncDispose]());

test("of many that ask at once exactly one gets the lease", async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => leasesOf(`r${n}`).acquire("payer")),
  );
  expect(answers.filter((lease) => lease !== null)).toHaveLength(1);
});

test("a lease that beats is never taken", async () => {
  const lease = await leasesOf("a").acquire("payer");
  const other = leasesOf("b");
  for (let second = 0; second < 60; second += 5) {
    expect(await other.acquire("payer")).toBeNull();
    await clock.advance(5_000);
    expect(await lease?.beat()).toBe(true);
  }
});

test("a silent lease is taken only after it was seen unchanged for 20 s, and the old holder knows it first", async () => {
  const lease = await leasesOf("a").acquire("payer");
  await clock.advance(19_999);
  const other = leasesOf("b");
  expect(await other.acquire("payer")).toBeNull();
  expect(lease?.isHeld()).toBe(false);
  await clock.advance(19_999);
  expect(await other.acquire("payer")).toBeNull();
  await clock.advance(1);
  const stolen = await other.acquire("payer");
  expect(stolen).toMatchObject({ holder: "b", token: 2 });
  expect(await lease?.beat()).toBe(false);
  expect(lease?.signal.aborted).toBe(true);
});

test("wall clock jumps steal nothing", async () => {
  await leasesOf("a").acquire("payer");
  const other = leasesOf("b");
  expect(await other.acquire("payer")).toBeNull();
  clock.set(86_400_000);
  expect(await other.acquire("payer")).toBeNull();
});

test("of many that steal at once exactly one succeeds", async () => {
  await leasesOf("dead").acquire("payer");
  const others = Array.from({ length: 20 }, (_, n) => leasesOf(`r${n}`));
  await Promise.all(others.map((leases) => leases.acquire("payer")));
  await clock.advance(20_000);
  const answers = await Promise.all(others.map((leases) => leases.acquire("payer")));
  expect(answers.filter((lease) => lease !== null).map((lease) => lease?.token)).toEqual([2]);
});

test("a holder that comes back to life after a theft notices, whatever its own clock says", async () => {
  const frozen = createTestClock(0);
  const lease = await leasesOf("a", {}, frozen).acquire("payer");
  const other = leasesOf("b");
  await other.acquire("payer");
  await clock.advance(20_000);
  await other.acquire("payer");
  expect(lease?.isHeld()).toBe(true);
  expect(await lease?.beat()).toBe(false);
  expect(lease?.isHeld()).toBe(false);
});

test("a beat whose reply was lost does not count, and the next one shows a new number", async () => {
  const lossy = loseReplies(documents, 1);
  const leases = createLeases({ documents: lossy, clock }, { holder: "a" });
  const lease = await leases.acquire("payer");
  await clock.advance(10_000);
  expect(await lease?.beat()).toBe(true);
  const other = leasesOf("b");
  expect(await other.acquire("payer")).toBeNull();
  await clock.advance(4_999);
  expect(await lease?.beat()).toBe(true);
  await clock.advance(14_999);
  expect(lease?.isHeld()).toBe(true);
  await clock.advance(2);
  expect(await other.acquire("payer")).toBeNull();
  expect(lease?.isHeld()).toBe(false);
});

test("a released lease is free at once and its token grows", async () => {
  const lease = await leasesOf("a").acquire("payer");
  await lease?.release();
  expect(lease?.isHeld()).toBe(false);
  expect(await leasesOf("b").acquire("payer")).toMatchObject({ holder: "b", token: 2 });
  await lease?.release();
  expect(await documents.collection(leaseCollection).get("payer")).toMatchObject({
    holder: "b",
    token: 2,
  });
});

test("the same replica keeps one lease for one name", async () => {
  const leases = leasesOf("a");
  expect(await leases.acquire("payer")).toBe(await leases.acquire("payer"));
});

test("a sole replica takes over its dead predecessor's lease at once, others wait", async () => {
  const before = await leasesOf("a", { sole: true }).acquire("payer");
  expect(await leasesOf("b", { sole: true }).acquire("payer")).toBeNull();
  expect(await leasesOf("a").acquire("payer")).toBeNull();
  expect(await leasesOf("a", { sole: true }).acquire("payer")).toMatchObject({
    holder: "a",
    token: 2,
  });
  expect(await before?.beat()).toBe(false);
});

/** The store as it is, except that the first updates are written and their replies lost. */
function loseReplies(store: Documents, times: number): Documents {
  let left = times;
  return {
    ...store,
    collection: (definition) => {
      const collection = store.collection(definition);
      const update: typeof collection.update = async (...call) => {
        const written = await collection.update(...call);
        return left-- > 0 ? { outcome: "unknown", reason: "reply lost" } : written;
      };
      return { ...collection, update };
    },
  };
}
