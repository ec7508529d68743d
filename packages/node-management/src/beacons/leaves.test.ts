import { beaconLeaf, createBody, encodeBody } from "@lucid/protocol";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createBeaconLeaves } from "./leaves.ts";

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

it("beacons in whatever order, some of them twice, become the bytes of their body", async () => {
  const beacons = fc.uniqueArray(fc.record({ key: bytes, reveal: bytes }), {
    selector: ({ key }) => key.join(),
  });
  const received = beacons.chain((set) => fc.shuffledSubarray([...set, ...set]));
  await fc.assert(
    fc.asyncProperty(received, async (some) => {
      const leaves = createBeaconLeaves(some.length);
      for (const { key, reveal } of some) leaves.add(key, reveal);
      const body = createBody(some.map(({ key, reveal }) => beaconLeaf(key, reveal)));
      expect(await leaves.toBody()).toEqual(encodeBody(body));
    }),
  );
});
