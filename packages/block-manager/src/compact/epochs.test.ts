import { systemClock } from "@lucid/platform/clock";
import { encodeBody } from "@lucid/protocol";
import { expect, test } from "vitest";
import { createPause } from "../shared/pause.ts";
import { createCompactedEpochs } from "./epochs.ts";
import { createScene, filesOf } from "./testing/scene.ts";

test("however many epochs are asked for at once, one at a time is unwound", async () => {
  const scene = createScene({ size: 120 });
  const files = filesOf(scene, 120, { compacted: [1, 2, 3, 4] });
  let pending = 0;
  const most: number[] = [];
  const epochs = createCompactedEpochs({
    network: scene.network,
    clock: systemClock,
    read: async (path) => {
      most.push(++pending);
      await Promise.resolve();
      pending -= 1;
      return files.get(path) ?? null;
    },
  });
  const heights = [10, 30, 50, 70];
  const bodies = await Promise.all(
    heights.map((height) => epochs.body(height, createPause(systemClock))),
  );
  expect(bodies).toEqual(heights.map((height) => encodeBody(scene.blocks[height]?.body ?? [])));
  expect(Math.max(...most)).toBe(1);
});
