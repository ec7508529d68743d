import { expect, test } from "vitest";
import { openLog } from "./log/index.ts";
import { filesToSource } from "./testing/index.ts";
import { createWorld, fullPlan } from "./testing/world/index.ts";
import { verifyLog } from "./verify.ts";

test("an honest world follows", async () => {
  const world = createWorld(fullPlan);
  const report = await verifyLog(await openLog(filesToSource(world.files)));
  expect(report.first_mismatch).toBeNull();
});
