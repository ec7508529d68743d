import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { createTestIo } from "../../../agent/src/testing/io.ts";
import { runProgram } from "@lucid/agent";
import { expect, test, vi } from "vitest";
import { createProgram } from "../program.ts";

const quiet = { LOG_LEVEL: "silent", METRICS_PORT: "0", BLOCK_MANAGER_PORT: "0" };

const lucid = (args: string[], env: Record<string, string> = {}) => {
  const stop = new AbortController();
  const io = { ...createTestIo({ env: { ...quiet, ...env } }), signal: stop.signal };
  return { io, stop, ended: runProgram(createProgram(io), ["--json", ...args], io) };
};

const init = async (data: string): Promise<void> => {
  expect(await lucid(["init", "--demo", "--data", data]).ended).toBe(0);
};

test("up follows another's log with nothing but its network.json, and without a service of its own", async () => {
  await using folder = await createTestFolder();
  const [mine, mirror] = [join(folder.path, "mine"), join(folder.path, "mirror")];
  await init(mine);
  await mkdir(mirror);
  await copyFile(join(mine, "network.json"), join(mirror, "network.json"));

  const up = lucid(["up", "--data", mirror], {
    BLOCK_MANAGER_MODE: "follow",
    BLOCK_MANAGER_PEERS: "http://127.0.0.1:1",
  });
  const first = await vi.waitUntil(
    () =>
      up.io
        .out()
        .split("\n")
        .find((line) => line !== ""),
    20_000,
  );
  const listening = JSON.parse(first) as { event: string; log_url: string };
  expect(listening).toMatchObject({ event: "listening", follows: ["http://127.0.0.1:1"] });
  expect(await (await fetch(`${listening.log_url}/api/v1/chain`)).json()).toMatchObject({
    mode: "follow",
    size: 0,
  });
  up.stop.abort();
  expect(await up.ended).toBe(0);
});

test("a follower without anybody to follow, or without a network, says what to give it", async () => {
  await using folder = await createTestFolder();
  const follow = { BLOCK_MANAGER_MODE: "follow" };
  const alone = lucid(["up", "--data", folder.path], follow);
  expect(await alone.ended).toBe(2);
  expect(alone.io.err()).toContain("BLOCK_MANAGER_PEERS");

  const peers = { ...follow, BLOCK_MANAGER_PEERS: "http://127.0.0.1:1" };
  const lost = lucid(["up", "--data", folder.path], peers);
  expect(await lost.ended).toBe(4);
  expect(lost.io.err()).toContain("/network.json");
});
