import * as fc from "fast-check";
import { describe, it } from "vitest";
import { checkLog, checkSlots } from "../testing/check-log.ts";
import { createSealingWorld, sealTheRest, type SealingProcess } from "../testing/sealing-world.ts";

const node = fc.nat({ max: 2 });

/** What happens: facts, time that passes, seals at whatever moment, a process that ends and begins again. */
const step = fc.oneof(
  fc.record({ what: fc.constant("enrol" as const), node }),
  fc.record({ what: fc.constant("commit" as const), node }),
  { arbitrary: fc.record({ what: fc.constant("beacon" as const), node }), weight: 4 },
  fc.record({
    what: fc.constant("decide" as const),
    node,
    standing: fc.constantFrom("active" as const, "suspended" as const),
  }),
  fc.record({ what: fc.constant("earn" as const), node, number: fc.nat({ max: 5 }) }),
  { arbitrary: fc.record({ what: fc.constant("seal" as const) }), weight: 2 },
  fc.record({ what: fc.constant("race" as const), node }),
  {
    arbitrary: fc.record({ what: fc.constant("pass" as const), ms: fc.nat({ max: 3000 }) }),
    weight: 4,
  },
  fc.record({ what: fc.constant("sleep" as const), slots: fc.nat({ max: 20 }) }),
  fc.record({ what: fc.constant("restart" as const) }),
);

describe("whatever happens between seals", () => {
  it("stands in the blocks once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await using world = await createSealingWorld();
        const { facts, clock } = world;
        let process: SealingProcess = await world.start();
        for (const one of steps) {
          if (one.what === "enrol") await facts.enrol(process, one.node);
          else if (one.what === "commit") await facts.commit(process, one.node);
          else if (one.what === "beacon") await facts.beacon(process, one.node);
          else if (one.what === "decide") await facts.decide(process, one.node, one.standing);
          else if (one.what === "earn") await facts.earn(process, one.node, one.number);
          else if (one.what === "seal") await process.seal();
          else if (one.what === "race")
            await Promise.all([facts.beacon(process, one.node), process.seal()]);
          else if (one.what === "pass") await clock.advance(one.ms);
          else if (one.what === "sleep") await clock.advance(one.slots * 2000);
          else process = await world.start();
        }
        await sealTheRest(world);
        await checkLog(world);
        await checkSlots(world);
      }),
      { numRuns: 60 },
    );
  });
});
