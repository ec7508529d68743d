import { createBody } from "@lucid/protocol";
import type { Leaf } from "@lucid/protocol";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TestDraft } from "./testing/index.ts";
import { catchLie, verifyWorld } from "./testing/world/index.ts";

/** After the cuts, so that the world settles what the log settles. */
const HEIGHTS = [21, 22, 23, 24, 44, 45, 46, 47, 48, 49];

const mayWait = ({ leaf }: { leaf: Leaf }): boolean =>
  leaf.kind === "record" &&
  ["epoch_result", "epoch_closed", "ledger_entry", "payout"].includes(leaf.record);

/** Leaves some of what a block would hold to the next one, from the end of body order. */
const deferring = (counts: readonly number[]) => (drafts: TestDraft[]) => {
  let waiting: Uint8Array[] = [];
  return drafts.map((draft, height) => {
    const body = createBody([...draft.leaves, ...waiting]);
    const room = counts[HEIGHTS.indexOf(height)] ?? 0;
    const deferred = body.slice(body.length - Math.min(room, body.filter(mayWait).length));
    waiting = deferred.map(({ bytes }) => bytes);
    const leaves = body.slice(0, body.length - deferred.length).map(({ bytes }) => bytes);
    return { ...draft, leaves, ...(deferred.length > 0 && { backlog: deferred.length }) };
  });
};

test("records that wait for room follow all the same", async () => {
  const counts = fc.array(fc.nat({ max: 40 }), {
    minLength: HEIGHTS.length,
    maxLength: HEIGHTS.length,
  });
  await fc.assert(
    fc.asyncProperty(counts, async (list) => {
      const { first_mismatch } = await verifyWorld(
        { drafts: deferring(list) },
        { payout: { unwitnessed_delay_slots: 0 }, blocks: 56 },
      );
      expect(first_mismatch).toBeNull();
    }),
    { numRuns: 8 },
  );
});

test("a backlog that nothing explains is a lie, for it would put off settlement for ever", async () => {
  const pretends = (drafts: TestDraft[]) =>
    drafts.map((draft, height) => (height > 5 ? { ...draft, backlog: 1 } : draft));
  const roomy = { genesis: { max_body_bytes: 1_048_576 }, backlog: [], blocks: 30 };
  expect(await catchLie({ drafts: pretends }, roomy)).toBe("header.backlog @ 6");
  expect(await catchLie({}, roomy)).toBe("follows");
});
