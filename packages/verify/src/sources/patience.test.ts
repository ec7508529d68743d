import { once } from "node:events";
import { expect, test } from "vitest";
import { createPatience } from "./patience.ts";

test("a file that came fast may not stand still for the time that it saved", async () => {
  const patience = createPatience({ timeoutMs: 20, minBytesPerSecond: 1 }, "body/1");
  patience.grant(10_000);
  await once(patience.signal, "abort");
  expect(patience.signal.reason).toMatchObject({ code: "source.slow", path: "body/1" });
});
