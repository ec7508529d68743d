import { execFileSync } from "node:child_process";
import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { networkId, parseGenesis, parsePolicy, slotAt } from "@lucid/protocol";
import { runProgram } from "@lucid/agent";
import { expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { createTestIo } from "../../../agent/src/testing/io.ts";
import { createProgram } from "../program.ts";

const init = async (...args: string[]) => {
  const io = createTestIo();
  const code = await runProgram(createProgram(io), ["init", ...args], io);
  return { code, io };
};

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, "utf8"));

test("init makes a network that the protocol accepts, with secrets that only its owner can read", async () => {
  await using folder = await createTestFolder();
  const data = join(folder.path, "network");
  const { code, io } = await init("--data", data, "--name", "north", "--budget", "250.5", "--json");
  expect(code).toBe(0);
  const genesis = parseGenesis(await readJson(join(data, "network.json")));
  const policy = parsePolicy(await readJson(join(data, "policy.json")));
  expect(genesis).toMatchObject({ name: "north", slot_ms: 120_000, root_threshold: 2 });
  expect(genesis.first_slot).toBe(slotAt(genesis, io.clock.now()) + 1);
  expect(policy).toMatchObject({ admission: "approval", epoch_budget_micro: "250500000" });
  expect(io.lines()).toMatchObject([{ event: "network", network_id: networkId(genesis) }]);
  const keys = await readdir(join(data, "keys"));
  expect(keys).toHaveLength(8);
  for (const key of keys) {
    const path = join(data, "keys", key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toMatch(/^[0-9a-f]{64}\n$/);
  }
  expect((await stat(join(data, "keys"))).mode & 0o777).toBe(0o700);
});

test("init closes a folder that others could read", async () => {
  await using folder = await createTestFolder();
  await chmod(folder.path, 0o755);
  expect((await init("--data", folder.path)).code).toBe(0);
  expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
});

test("init leaves a folder with other things in it as it is, and says who can look into it", async () => {
  await using folder = await createTestFolder();
  await chmod(folder.path, 0o755);
  await writeFile(join(folder.path, "letter.txt"), "");
  const { code, io } = await init("--data", folder.path);
  expect(code).toBe(0);
  expect((await stat(folder.path)).mode & 0o777).toBe(0o755);
  expect(io.err()).toContain("chmod 700");
});

test("the backup sheet's command shows the fingerprint", async () => {
  await using folder = await createTestFolder();
  await init("--data", folder.path);
  const sheet = await readFile(join(folder.path, "backup-sheet.txt"), "utf8");
  const command = /^xxd .*$/m.exec(sheet)?.[0] ?? "";
  const file = join(folder.path, "keys", "admin.key");
  const shown = execFileSync("sh", ["-c", command.replace("FILE", file)], { encoding: "utf8" });
  expect(sheet).toContain(`fingerprint ${shown.trim()}`);
});

test("the backup sheet names every secret and holds none", async () => {
  await using folder = await createTestFolder();
  const data = join(folder.path, "network");
  const { io } = await init("--data", data);
  const sheet = await readFile(join(data, "backup-sheet.txt"), "utf8");
  expect(io.out()).toContain(sheet);
  for (const key of await readdir(join(data, "keys"))) {
    expect(sheet).toContain(key);
    expect(sheet).not.toContain((await readFile(join(data, "keys", key), "utf8")).trim());
  }
});

test("init overwrites nothing", async () => {
  await using folder = await createTestFolder();
  const data = join(folder.path, "network");
  await init("--data", data);
  const before = await readFile(join(data, "network.json"), "utf8");
  const { code, io } = await init("--data", data, "--name", "other");
  expect(code).toBe(4);
  expect(io.err()).toContain("nothing is overwritten");
  expect(await readFile(join(data, "network.json"), "utf8")).toBe(before);
});

test("--demo makes a fast network that admits everybody", async () => {
  await using folder = await createTestFolder();
  await init("--data", folder.path, "--demo");
  expect(parseGenesis(await readJson(join(folder.path, "network.json")))).toMatchObject({
    slot_ms: 2000,
    slots_per_epoch: 15,
    root_keys: [expect.any(String)],
  });
  expect(parsePolicy(await readJson(join(folder.path, "policy.json"))).admission).toBe("demo");
});

test("root keys that were made elsewhere stay elsewhere", async () => {
  await using made = await createTestFolder();
  await init("--data", made.path, "--roots", "2");
  const { root_keys } = parseGenesis(await readJson(join(made.path, "network.json")));
  await using folder = await createTestFolder();
  const { code } = await init(
    "--data",
    folder.path,
    "--root-keys",
    root_keys.toReversed().join(","),
  );
  expect(code).toBe(0);
  expect(parseGenesis(await readJson(join(folder.path, "network.json")))).toMatchObject({
    root_keys,
    root_threshold: 2,
  });
  expect(
    (await readdir(join(folder.path, "keys"))).filter((name) => name.startsWith("root")),
  ).toEqual([]);
});

test.each([
  [["--budget", "1.0000001"], "--budget"],
  [["--budget", "-1"], "--budget"],
  [["--admission", "demo"], "--demo"],
  [["--admission", "automatic"], "approval"],
  [["--roots", "0"], "--roots"],
  [["--root-threshold", "4"], "root_threshold"],
  [["--root-keys", "zz"], "--root-keys"],
  [["--name", "a name of more than sixty-four characters, which no genesis holds, ever"], "name"],
  [["--bugdet", "1"], "--budget"],
])("%j is refused in one line that names %s, and nothing is written", async (args, hint) => {
  await using folder = await createTestFolder();
  const { code, io } = await init("--data", folder.path, ...args);
  expect(code).toBe(2);
  expect(io.err()).toContain(hint);
  expect(io.err().trimEnd().split("\n")).toHaveLength(1);
  expect(await readdir(folder.path)).toEqual([]);
});
