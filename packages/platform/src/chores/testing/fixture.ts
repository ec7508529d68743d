import { afterEach, beforeEach } from "vitest";
import { createTestClock, type TestClock } from "../../clock/index.ts";
import { type Documents, openDocuments } from "../../documents/index.ts";
import { createLeases, leaseCollection } from "../../leases/index.ts";
import { createLog } from "../../log/index.ts";
import { createMetrics } from "../../metrics/index.ts";
import { createChores } from "../chores.ts";
import type { Chores, ChoreStatus } from "../port.ts";

export const log = createLog({ level: "silent", name: "test" });

export type Fixture = {
  clock: TestClock;
  documents: Documents;
  chores: Chores;
  choresOf(holder: string, metrics?: ReturnType<typeof createMetrics>): Chores;
};

/** Chores of the replica `a` on a store in memory, made anew for each test of the file. */
export function useChores(): Fixture {
  const fixture = {} as Fixture;
  beforeEach(async () => {
    const clock = createTestClock(1_000_000);
    const documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, [
      leaseCollection,
    ]);
    const choresOf: Fixture["choresOf"] = (holder, metrics = createMetrics()) =>
      createChores({ clock, log, metrics, leases: createLeases({ documents, clock }, { holder }) });
    Object.assign(fixture, { clock, documents, choresOf, chores: choresOf("a") });
  });
  afterEach(async () => {
    await fixture.chores[Symbol.asyncDispose]();
    await fixture.documents[Symbol.asyncDispose]();
  });
  return fixture;
}

export function statusOf(chores: Chores, name: string): ChoreStatus | undefined {
  return chores.status().find((status) => status.name === name);
}
