import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createTestClock } from "@lucid/platform/clock";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createTestFolder } from "../testing/folder.ts";
import { createTestIo } from "../testing/io.ts";
import { createAgentProgram } from "../program.ts";
import { runProgram } from "../program/index.ts";
import { checkClock, skewOf } from "./clock.ts";
import { checkDisk, checkMemory } from "./machine.ts";
import { checkVersions, compareVersions } from "./versions.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Somebody whose clock shows `date`. */
const startClock = (date: string): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer((_, response) => {
      response.setHeader("date", date);
      response.end();
    });
    stops.push(() => server.close());
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });

const noon = Date.UTC(2026, 0, 1, 12);
const at = (ms: number) => new Date(ms).toUTCString();

describe("the clock", () => {
  const check = async (...dates: string[]) => {
    const urls = await Promise.all(dates.map(startClock));
    return checkClock(
      { clock: createTestClock(noon), fetch, signal: new AbortController().signal },
      urls.map((url, index) => ({ name: `node ${index + 1}`, url })),
    );
  };

  it.each([
    ["ok", at(noon), "agrees with"],
    ["warning", at(noon - 10_000), "9.0 s ahead of node 2"],
    ["warning", at(noon + 10_000), "10.0 s behind node 2"],
    ["failed", at(noon - 120_000), "119.0 s ahead of node 2"],
  ])("is %s when another's shows %s", async (state, date, words) => {
    expect(await check(at(noon), date)).toMatchObject({
      state,
      detail: expect.stringContaining(words) as string,
    });
  });

  it("is unknown with nobody to compare it with", async () => {
    expect(await check()).toMatchObject({ state: "unknown" });
    expect(await check("yesterday, I think")).toMatchObject({ state: "unknown" });
  });

  it("is never said to be off by what the second of a date and the way may hide", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(999), fc.nat(500), fc.nat(500), (s, ms, there, back) => {
        const trueMs = s * 1000 + ms;
        expect(skewOf(s * 1000, trueMs - there, trueMs + back)).toBeCloseTo(0);
      }),
    );
  });
});

describe("the machine", () => {
  const mib = 2 ** 20;
  it.each([
    [1024, "ok"],
    [100, "warning"],
    [10, "failed"],
  ])("with %i MiB of memory is %s", (free, state) => {
    expect(checkMemory({ fewMib: 512, noneMib: 64 }, free * mib).state).toBe(state);
  });

  it("is asked for the room on the folder's disk", async () => {
    await using folder = await createTestFolder();
    const state = async (fewMib: number, noneMib: number) =>
      (await checkDisk(folder.path, { fewMib, noneMib })).state;
    expect(await state(0, 0)).toBe("ok");
    expect(await state(Number.MAX_VALUE, 0)).toBe("warning");
    expect(await state(Number.MAX_VALUE, Number.MAX_VALUE)).toBe("failed");
    const later = await checkDisk(`${folder.path}/to/come`, { fewMib: 0, noneMib: 0 });
    expect(later).toMatchObject({ state: "ok" });
  });
});

describe("versions", () => {
  const versions = { ours: "1.2.0", node: "24.1.0", service: "1.2.0" };
  it.each([
    [{}, "ok"],
    [{ node: "22.9.0" }, "failed"],
    [{ service: "1.10.0" }, "warning"],
    [{ service: null, least: "1.2.0" }, "ok"],
    [{ least: "1.2.1" }, "failed"],
  ])("with %j are %s", (change, state) => {
    expect(checkVersions({ ...versions, ...change }).state).toBe(state);
  });

  it("count as numbers", () => {
    expect(compareVersions("1.10.0", "1.9.9")).toBeGreaterThan(0);
    expect(compareVersions("1.0.0", "1.0.0")).toBe(0);
  });
});

it("lucid node doctor says what keeps a node from working, and ends with a code of its own", async () => {
  await using folder = await createTestFolder();
  const io = createTestIo();
  const data = ["--data", folder.path];
  const doctor = ["--json", "doctor", ...data];
  expect(await runProgram(createAgentProgram(io), ["--json", "init", ...data], io)).toBe(0);
  const before = io.lines().length;
  expect(await runProgram(createAgentProgram(io), doctor, io)).toBe(8);
  const { ok, checks } = io.lines()[before] as { ok: boolean; checks: { name: string }[] };
  expect(ok).toBe(false);
  const states = Object.fromEntries(
    checks.map((check) => [check.name, (check as unknown as { state: string }).state]),
  );
  expect(states).toMatchObject({ key: "ok", service: "failed", clock: "unknown" });
});
