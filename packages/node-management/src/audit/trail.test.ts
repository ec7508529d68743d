import { randomBytes } from "node:crypto";
import { createTestClock } from "@lucid/platform/clock";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { createLog } from "@lucid/platform/log";
import { auditLineHash, auditRootOf, epochOf, firstSlotOf, slotStart } from "@lucid/protocol";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testNetwork } from "../testing/index.ts";
import { auditCollections, createAudit, createAuditRoots } from "./index.ts";
import { epochRange } from "./roots.ts";
import { documentToLine } from "./views.ts";

const network = testNetwork();
const { genesis } = network;
const epoch = epochOf(genesis, genesis.first_slot);
const startMs = slotStart(genesis, genesis.first_slot);
const nextMs = slotStart(genesis, firstSlotOf(genesis, epoch + 1));
const { signal } = new AbortController();

let documents: Documents;
beforeEach(async () => {
  documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, auditCollections);
});
afterEach(() => documents[Symbol.asyncDispose]());

/** A replica with a clock of its own. */
const start = (atMs: number) => {
  const clock = createTestClock(atMs);
  const log = createLog({ level: "silent", name: "test" });
  const deps = { documents, network, clock, log, randomBytes };
  const audit = createAudit(deps);
  const principal = { kind: "person", id: "person_a", roles: ["admin"] } as const;
  const begin = (subject: string) =>
    audit.begin({ operation: "changeStanding", subject, principal, requestId: "1" });
  return { clock, audit, begin, roots: createAuditRoots(deps) };
};
type Replica = ReturnType<typeof start>;

const linesOf = async ({ audit }: Replica, of: number) => {
  const { gte, lt } = epochRange(network, of);
  const { items } = await audit.list({ limit: 1000, from: gte, to: lt });
  return items.toReversed();
};
/** The root that is fixed, and the one that the lines of that epoch come to as everybody may read them. */
const rootsOf = async (replica: Replica, of: number) => {
  const hashes = (await linesOf(replica, of)).map((line) => auditLineHash(documentToLine(line)));
  const fixed = await replica.roots.get(of);
  return [
    { count: fixed?.count, root: fixed?.root },
    { count: hashes.length, root: auditRootOf(hashes) },
  ];
};

describe("lines of the same moment", () => {
  it("are in the order in which they were written, whichever replica wrote them", async () => {
    const [a, b] = [start(startMs), start(startMs)];
    for (const subject of ["1", "2", "3", "4", "5"])
      await (Number(subject) % 2 === 0 ? a : b).begin(subject);
    const subjects = (await linesOf(a, epoch)).map(({ subject }) => subject);
    expect(subjects).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("have a number each, none left out, also when two replicas write many at once", async () => {
    const replicas = [start(startMs), start(startMs)];
    const begun = Array.from({ length: 60 }, (_, n) => (replicas[n % 2] as Replica).begin(`${n}`));
    const lines = await Promise.all(begun);
    expect(new Set(lines.map((line) => line.subject)).size).toBe(60);
    const stored = await linesOf(replicas[0] as Replica, epoch);
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, n) => n));
    expect(stored.map(({ id, subject }) => `${id} ${subject}`)).toEqual(
      lines.map((line) => `${line?.id} ${line.subject}`).toSorted(),
    );
  });

  it("never step back in time behind a replica whose clock is ahead", async () => {
    const [ahead, behind] = [start(startMs + 300), start(startMs)];
    await ahead.begin("first");
    expect(await behind.begin("second")).toMatchObject({ at: startMs + 300, seq: 1 });
  });
});

describe("a replica whose clock lags", () => {
  it("writes into the next epoch once the root of its own is fixed", async () => {
    const [late, other] = [start(nextMs - 1000), start(nextMs + 30_000)];
    await late.begin("in time");
    await other.roots.fixDue(signal);
    expect(await late.begin("too late")).toMatchObject({ epoch: epoch + 1, at: nextMs });
    const [fixed, shown] = await rootsOf(other, epoch);
    expect(fixed).toEqual(shown);
    expect(fixed).toMatchObject({ count: 1 });
    expect((await linesOf(other, epoch + 1)).map(({ subject }) => subject)).toEqual(["too late"]);
  });
});

it("every line is under exactly one root, whoever writes and fixes at the same time", async () => {
  const deed = fc.record({ replica: fc.nat(2), fixes: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 20 }), async (deeds) => {
      await documents[Symbol.asyncDispose]();
      documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, auditCollections);
      const replicas = [start(nextMs - 1), start(nextMs + 30_000), start(nextMs + 31_000)];
      await Promise.all(
        deeds.map(async ({ replica, fixes }, n) => {
          const { begin, roots } = replicas[replica] as Replica;
          await (fixes ? roots.fixDue(signal) : begin(`${n}`));
        }),
      );
      const last = start(slotStart(genesis, firstSlotOf(genesis, epoch + 4)) + 30_000);
      await last.roots.fixDue(signal);
      let count = 0;
      for (const of of [epoch, epoch + 1, epoch + 2, epoch + 3]) {
        const [fixed, shown] = await rootsOf(last, of);
        expect(fixed).toEqual(shown);
        count += fixed?.count ?? 0;
      }
      expect(count).toBe(deeds.filter(({ fixes }) => !fixes).length);
    }),
    { numRuns: 30 },
  );
});
