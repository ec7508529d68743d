import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, lucid } from "./lucid.ts";

let data = "";

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "lucid-demo-"));
});

afterAll(() => rm(data, { recursive: true, force: true }));

/** Command lines of living processes that mention the demo's folder or its guard (Linux). */
const leftRunning = (): string[] =>
  readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)
    .map(commandLine)
    .filter((line) => line.includes(data));

const commandLine = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it has just ended
  }
};

const demo = () => lucid(["demo", "--json", "--exit", "--data", data]);
/** Standard error also says when a clone is made ready. */
const problems = (err: string) => jsonLines(err.replaceAll(/^[^{].*\n/gm, ""));

/** In the network's own time, for how fast a machine is says nothing about it. */
const epochsUntilPaid = (lines: ReturnType<typeof jsonLines>): number => {
  const paidAt = lines.findIndex(
    (line) => line["event"] === "payout" && line["state"] === "confirmed",
  );
  const slots = lines.slice(0, paidAt).filter((line) => line["event"] === "slot");
  return Number(slots.at(-1)?.["epoch"]) - Number(slots[0]?.["epoch"]);
};

test("a first demo pays at least three owners, its books hold, and nothing is left running", async () => {
  const { code, out, err } = await demo().ended;
  expect(problems(err)).toEqual([]);
  expect(code).toBe(0);
  const lines = jsonLines(out);
  expect(Object.keys(lines.at(-1) ?? {})).toEqual([
    "event",
    "confirmed_payouts",
    "epochs_closed",
    "ledger_ok",
    "seconds",
  ]);
  expect(lines.at(-1)).toMatchObject({ event: "summary", ledger_ok: true });
  expect(lines.at(-2)).toMatchObject({ event: "verified", follows: true, first_mismatch: null });
  expect(Number(lines.at(-1)?.["confirmed_payouts"])).toBeGreaterThanOrEqual(3);
  expect(Number(lines.at(-1)?.["epochs_closed"])).toBeGreaterThanOrEqual(1);
  expect(lines.filter((line) => line["event"] === "first_beacon")).toHaveLength(5);
  expect(lines.some((line) => line["event"] === "leaver_left")).toBe(true);
  expect(epochsUntilPaid(lines)).toBeLessThanOrEqual(3);
  expect(leftRunning()).toEqual([]);
}, 300_000);

test("a demo that was killed leaves nothing behind, and the next one goes on with the same network", async () => {
  const killed = demo();
  await killed.line((line) => line.includes('"event":"slot"'));
  killed.kill("SIGKILL");
  await killed.ended;
  const { code, out, err } = await demo().ended;
  expect(problems(err)).toEqual([]);
  expect(code).toBe(0);
  expect(jsonLines(out).find((line) => line["event"] === "network")).toMatchObject({
    is_new: false,
  });
  expect(jsonLines(out).at(-1)).toMatchObject({ event: "summary", ledger_ok: true });
  expect(leftRunning()).toEqual([]);
}, 300_000);

test("asked to end in the middle, it ends everything and says so", async () => {
  const stopped = demo();
  await stopped.line((line) => line.includes('"event":"slot"'));
  stopped.kill("SIGTERM");
  const { code, err } = await stopped.ended;
  expect(code).toBe(130);
  expect(problems(err)).toMatchObject([{ event: "error", code: "interrupted" }]);
  await expect.poll(leftRunning).toEqual([]);
}, 120_000);

test("a program that dies ends the demo with one line that names it", async () => {
  const running = demo();
  await running.line((line) => line.includes('"event":"slot"'));
  const service = readFileSync(join(data, "running"), "utf8")
    .split("\n")
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("node-management"));
  process.kill(Number(service), "SIGKILL");
  const { code, err } = await running.ended;
  expect(code).toBe(1);
  const message = "node-management was ended by SIGKILL";
  expect(problems(err)).toMatchObject([{ code: "demo.child", message }]);
  await expect.poll(leftRunning).toEqual([]);
}, 120_000);
