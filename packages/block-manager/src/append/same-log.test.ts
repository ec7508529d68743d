import { toHex } from "@lucid/protocol";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { logFiles, sealBlocks } from "../../../verify/src/testing/index.ts";
import { testNetwork as verifyNetwork } from "../../../verify/src/testing/index.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { leavesOf, network, openLog, sealedSlot } from "./testing/scene.ts";

/** Up to 600 blocks, most of them without leaves, cut into batches of any length. */
const batches = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 5 });

test("whatever the batches, the log is the one that another writer makes of the same slots", async () => {
  const twin = {
    ...verifyNetwork(),
    ...network,
    seeds: { ...network.seeds, root: new Uint8Array(32) },
  };
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 1, max: 60 }), async (counts, every) => {
      const size = counts.reduce((sum, count) => sum + count, 0);
      const leaves = Array.from({ length: size }, (_, h) => leavesOf(h, h % every === 0 ? 1 : 0));
      const slots = leaves.map((some, height) => sealedSlot(height, some));
      const machine = createCrashMachine();
      const { appender } = await openLog(machine.disk());
      let from = 0;
      for (const count of counts) {
        expect((await appender.append(slots.slice(from, from + count))).ok).toBe(true);
        from += count;
      }
      const drafts = slots.map(({ sealed_at, policy_hash }, h) => ({
        sealed_at,
        policy_hash,
        leaves: leaves[h] ?? [],
      }));
      const expected = logFiles(twin, sealBlocks(twin, drafts));
      const found = machine.files();
      for (const [path, bytes] of expected) {
        const isEmptyBody = path.startsWith("body/") && bytes.length === 0;
        const ours = found.get(`log/${path}`);
        expect(ours && toHex(ours), path).toBe(isEmptyBody ? undefined : toHex(bytes));
      }
    }),
    { numRuns: 12 },
  );
});
