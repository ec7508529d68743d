import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, start } from "./lucid.ts";

let folder = "";

/** Far from any node_modules: what is not in the bundle cannot be found. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lucid-bundle-"));
  const out = join(folder, "dist");
  const { code, err } = await start(process.execPath, ["scripts/bundle.mjs", out]).ended;
  if (code !== 0) throw new Error(err);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (program: string, args: readonly string[], env: Record<string, string> = {}) =>
  start(process.execPath, [join(folder, "dist", `${program}.mjs`), ...args], { cwd: folder, env });

test("there is a file for each program, parts of services beside them, and the console", async () => {
  const names = await readdir(join(folder, "dist"));
  const parts = names.filter((name) => /^(node-management|signer)2?\.[a-z-]+\.mjs$/.test(name));
  expect(parts).toContain("node-management.tronweb.mjs");
  expect(names.filter((name) => !parts.includes(name)).toSorted()).toEqual([
    "block-manager-health.mjs",
    "block-manager.mjs",
    "console",
    "end-with-parent.mjs",
    "lucid-agent.mjs",
    "lucid.mjs",
    "node-management-health.mjs",
    "node-management.mjs",
    "signer-health.mjs",
    "signer.mjs",
    "tron-devnet.mjs",
  ]);
});

test("the agent makes a key", async () => {
  const { code, out } = await run("lucid-agent", ["init", "--json", "--data", join(folder, "node")])
    .ended;
  expect(code).toBe(0);
  expect(jsonLines(out)).toMatchObject([{ event: "node" }]);
});

test("the devnet makes a chain", async () => {
  const devnet = run("tron-devnet", ["--dir", join(folder, "chain")]);
  expect(JSON.parse(await devnet.line(() => true))).toMatchObject({ event: "listening" });
  devnet.kill("SIGTERM");
  expect((await devnet.ended).err).toBe("");
});

test("the command makes a network, and the service runs it and serves the console", async () => {
  const data = join(folder, "data");
  expect((await run("lucid", ["init", "--demo", "--data", data]).ended).code).toBe(0);
  const service = run("node-management", [], {
    LUCID_DATA_PATH: data,
    NODE_MANAGEMENT_HOST: "127.0.0.1",
    NODE_MANAGEMENT_PORT: "0",
    METRICS_PORT: "0",
  });
  const { url } = JSON.parse(await service.line((line) => line.includes('"listening"'))) as {
    url: string;
  };
  const page = await fetch(`${url}/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<html");
  service.kill("SIGTERM");
  expect((await service.ended).code).toBe(0);
});

test("a link to the command is the command, and it calls itself so", async () => {
  const bin = join(folder, "bin");
  await mkdir(bin);
  await symlink(join(folder, "dist", "lucid.mjs"), join(bin, "lucid"));
  const PATH = `${bin}:${dirname(process.execPath)}`;
  const { code, err } = await start("lucid", ["up", "--data", join(folder, "none")], {
    env: { PATH },
  }).ended;
  expect({ code, err }).toMatchObject({
    code: 4,
    err: expect.stringContaining("`lucid init --data <folder>`") as string,
  });
});

test("the command runs the services itself", async () => {
  const data = join(folder, "data-up");
  await run("lucid", ["init", "--demo", "--data", data]).ended;
  const up = run("lucid", [
    "up",
    "--json",
    "--data",
    data,
    "--set",
    "NODE_MANAGEMENT_PORT=0",
    "BLOCK_MANAGER_PORT=0",
    "METRICS_PORT=0",
  ]);
  const listening = await up.line((line) => line.includes('"event":"listening"'));
  const { url } = JSON.parse(listening) as { url: string };
  await expect.poll(async () => (await fetch(`${url}/ready`)).text()).toContain('"status":"ready"');
  up.kill("SIGINT");
  expect((await up.ended).code).toBe(0);
});
