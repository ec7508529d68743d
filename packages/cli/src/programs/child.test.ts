import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { startChild } from "./child.ts";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("a child ends when its parent is killed", async () => {
  const parent = spawn(
    process.execPath,
    [fileURLToPath(new URL("../testing/parent.ts", import.meta.url))],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(chunk.toString());
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 15_000, interval: 50 });
});

test("what a child prints reaches its log and its reader, and its end is told with a code", async () => {
  await using folder = await createTestFolder();
  const logFile = join(folder.path, "child.log");
  const lines: string[] = [];
  const child = startChild({
    args: ["--eval", "console.log('out'); console.error('err'); process.exitCode = 3"],
    env: {},
    logFile,
    onLine: (line) => lines.push(line),
  });
  expect(await child.exited).toEqual({ code: 3, signal: null });
  expect(lines).toEqual(["out"]);
  await expect.poll(() => readFile(logFile, "utf8")).toContain("err\n");
});

test("a child that does not end when asked is made to", async () => {
  const child = startChild({
    args: [
      "--eval",
      "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')",
    ],
    env: {},
    logFile: "/dev/null",
    onLine: () => stopping.resolve(),
  });
  const stopping = Promise.withResolvers<void>();
  await stopping.promise;
  expect(await child.stop(200)).toMatchObject({ signal: "SIGKILL" });
});
