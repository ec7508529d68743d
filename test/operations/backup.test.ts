import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createClient } from "@lucid/api/client";
import { createNodeManagement } from "@lucid/node-management";
import { readNetwork } from "@lucid/platform/data-folder";
import { createLog } from "@lucid/platform/log";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runLucid } from "../../packages/cli/src/testing/run-lucid.ts";
import { testConfig, testTokenKey } from "../../packages/node-management/src/testing/service.ts";
import { createPayer, createTestNetwork, type TestNetwork } from "../network.ts";

let network: TestNetwork;
let root: string;
/** Of the day before: made while the services ran. */
let backup: string;

let seed = 40;
const place = (name: string) => join(root, name);
const lucid = (...words: string[]) =>
  runLucid(["--json", ...words], { seed: seed++, clock: network.clock });
const make = (to: string, ...more: string[]) =>
  lucid("backup", "--data", network.folders.service, "--to", place(to), ...more);
const refusal = (code: string, exit: number) => ({
  code: exit,
  err: expect.stringContaining(`"code":"${code}"`) as string,
});
const paid = async () =>
  (await network.client.call("listPayouts", { query: { limit: 100 } })).items.filter(
    ({ state }) => state === "confirmed",
  ).length;
const outgoing = () => network.devnet.transfers().filter(({ from }) => from === network.treasury);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-backup-"));
  network = await createTestNetwork({ nodes: ["honest", "honest", "lazy"] });
  const { service, log } = network.folders;
  await symlink(join(log, "log"), join(service, "log"));
  await network.passUntil(async () => (await paid()) > 0);
  const { lines, err } = await make("backups");
  if (err !== "") throw new Error(err);
  backup = String(lines[0]?.["folder"]);
});
afterAll(async () => {
  await network[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

test("a backup of services at work holds their books and their log, and says what it left out", async () => {
  const { lines } = await lucid("restore", backup, "--rehearse");
  expect(lines[0]).toMatchObject({ event: "rehearsal", network_id: network.networkId });
  expect(lines[0]?.["ledger_entries"]).toBeGreaterThan(2);
  expect(lines[0]?.["blocks"]).toBeGreaterThan(2);
  expect(await readdir(backup)).not.toContain("keys");
  const { lines: next } = await make("backups");
  expect(next[0]?.["left_out"]).toContain("keys/token.key");
});

describe("a restored folder", () => {
  test("has the store of the backup with payouts paused, and the chain of today is paid nothing twice", async () => {
    const before = await paid();
    await network.passUntil(async () => (await paid()) > before);
    const transfers = outgoing().length;
    const data = place("restored");
    expect(await lucid("restore", backup, "--data", data)).toMatchObject({ code: 0 });
    await mkdir(join(data, "keys"));
    await writeFile(join(data, "keys", "token.key"), testTokenKey);
    await using service = await createNodeManagement(
      testConfig(data, {
        PAYOUT_PROCESSING_INTERVAL: "1",
        BLOCK_MANAGER_URL: "http://127.0.0.1:9",
      }),
      {
        clock: network.clock,
        log: createLog({ level: "silent", name: "test" }),
        payer: createPayer(network.devnet),
      },
    );
    const client = createClient({ baseUrl: service.url });
    const state = async () => (await client.call("getNetwork")).payouts;
    const stateLater = async () => {
      await network.clock.advance(1000);
      return state();
    };
    await expect.poll(stateLater, { timeout: 60_000 }).toMatchObject({
      state: "paused",
      reason: expect.stringContaining("restored from the backup of") as string,
    });
    const args = ["--data", data, "--service", service.url];
    await writeFile(join(data, "keys", "admin.key"), "07".repeat(32));
    expect(await lucid("payouts", "resume", "seen", ...args)).toMatchObject({ code: 0 });
    await expect.poll(stateLater, { timeout: 60_000 }).toMatchObject({ state: "stopped" });
    expect(outgoing()).toHaveLength(transfers);
  }, 120_000);

  test("is the only thing that is written: a folder with anything in it is refused, and a rehearsal leaves nothing", async () => {
    await mkdir(place("used"));
    await writeFile(join(place("used"), "a"), "mine");
    const refused = await lucid("restore", backup, "--data", place("used"));
    expect(refused).toMatchObject(refusal("backup.not_empty", 4));
    expect(await readdir(place("used"))).toEqual(["a"]);
    const inUse = await lucid("restore", backup, "--data", network.folders.service);
    expect(inUse).toMatchObject(refusal("backup.not_empty", 4));
  });
});

describe("keys", () => {
  test("come back with the passphrase, and with no other", async () => {
    await writeFile(place("right"), "six random words make a passphrase\n");
    await writeFile(place("wrong"), "six other words make no passphrase\n");
    await writeFile(place("short"), "short\n");
    const { lines } = await make("with-keys", "--keys", place("right"));
    const sealed = String(lines[0]?.["folder"]);
    const files = await Promise.all(
      (await readdir(sealed, { recursive: true, withFileTypes: true }))
        .filter((item) => item.isFile())
        .map((item) => readFile(join(item.parentPath, item.name), "latin1")),
    );
    expect(files.join("")).not.toContain(testTokenKey);
    const restore = (keys: string) =>
      lucid("restore", sealed, "--data", place("keyed"), "--keys", place(keys));
    expect(await restore("wrong")).toMatchObject(refusal("backup.passphrase", 2));
    expect(await restore("short")).toMatchObject(refusal("backup.passphrase", 2));
    expect(await restore("right")).toMatchObject({ code: 0 });
    const key = await readFile(join(place("keyed"), "keys", "token.key"), "utf8");
    expect(key.trim()).toBe(testTokenKey);
    const without = await lucid("restore", backup, "--rehearse", "--keys", place("right"));
    expect(without).toMatchObject(refusal("backup.passphrase", 2));
  });
});

describe("a backup that is not whole", () => {
  /** A copy of the backup with one file changed. */
  const changed = async (path: string, change: (bytes: Buffer) => Buffer | null) => {
    const copy = place("changed");
    await rm(copy, { recursive: true, force: true });
    await cp(backup, copy, { recursive: true });
    const after = change(await readFile(join(copy, path)));
    if (after === null) await rm(join(copy, path));
    else await writeFile(join(copy, path), after);
    return lucid("restore", copy, "--rehearse");
  };
  const flipped = (bytes: Buffer) => {
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 3);

  test.each([
    ["documents/ledger.ndjson.gz", "a flipped bit", flipped],
    ["documents/slots.ndjson.gz", "cut off", cut],
    ["documents/payouts.ndjson.gz", "gone", () => null],
    ["log/checkpoint", "a flipped bit", flipped],
    ["manifest.json", "a flipped bit", flipped],
    ["manifest.json", "cut off", cut],
    ["network.json", "a flipped bit", flipped],
  ])("%s with %s is named", async (path, _, change) => {
    const refused = await changed(path, change);
    expect(refused).toMatchObject(refusal("backup.damaged", 4));
    expect(refused.err).toContain(path.split("/").at(-1));
  });

  test("of a newer program, or no backup at all, says so", async () => {
    const newer = await changed("manifest.json", (bytes) =>
      Buffer.from(bytes.toString().replace('"format": 1', '"format": 2')),
    );
    expect(newer).toMatchObject(refusal("backup.newer", 4));
    expect(await changed("manifest.json", () => null)).toMatchObject(refusal("backup.missing", 4));
  });
});

test("a second backup holds what is new of the log, and the rest under a second name", async () => {
  const made = async () => String((await make("grown")).lines[0]?.["folder"]);
  const bodiesOf = async (folder: string) =>
    (await readdir(join(folder, "log", "body"))).map(Number).toSorted((a, b) => b - a);
  const earlier = await made();
  const [last = -1] = await bodiesOf(earlier);
  const published = network.folders.log;
  await network.passUntil(async () => ((await bodiesOf(published))[0] ?? 0) > last + 2);
  const later = await made();
  expect((await bodiesOf(later))[0]).toBeGreaterThan(last);
  const [first, second] = await Promise.all(
    [earlier, later].map((folder) => stat(join(folder, "log", "body", String(last)))),
  );
  expect(second?.ino).toBe(first?.ino);
});

test("only as many stay as are asked for, the newest, and none of another network", async () => {
  const to = place("few");
  const others = join(to, "lucid-other");
  await cp(backup, join(to, "first"), { recursive: true });
  await mkdir(others);
  await appendFile(join(others, "manifest.json"), "{}");
  const { lines } = await make("few", "--keep", "2");
  expect(lines[0]?.["removed"]).toEqual([]);
  const last = await make("few", "--keep", "2");
  expect(last.lines[0]?.["removed"]).toEqual([join(to, "first")]);
  const names = [lines, last.lines].map(([line]) => String(line?.["folder"]));
  expect(
    (await readdir(to))
      .map((name) => join(to, name))
      .filter((path) => path !== join(to, "lock"))
      .toSorted(),
  ).toEqual([...names, others].toSorted());
  for (const name of names)
    expect(await lucid("restore", name, "--rehearse")).toMatchObject({ code: 0 });
});

test("none is made in the folder that it is of, and where the log is said to be elsewhere it is taken all the same", async () => {
  const { service } = network.folders;
  for (const name of ["backups", "..backups"]) {
    const inside = await lucid("backup", "--data", service, "--to", join(service, name));
    expect(inside).toMatchObject(refusal("backup.inside", 2));
  }
  const named = await make("named", "--set", "BLOCK_MANAGER_URL=http://block-manager:8086");
  expect(Number(named.lines[0]?.["blocks"])).toBeGreaterThan(0);
});

test("none is made where the system takes no folders", async () => {
  const refused = await lucid("backup", "--data", network.folders.service, "--to", "/proc/x/y");
  expect(refused).toMatchObject(refusal("folder.access", 4));
  expect(refused.err).toContain("/proc/x");
});

test("what a backup that was cut off left is gone with the next, and only one is made at a time", async () => {
  const left = join(place("backups"), "lucid-x.unfinished");
  const rehearsed = join(place("backups"), "lucid-rehearsal-x"); // at work, with TMPDIR there
  await mkdir(left);
  await mkdir(rehearsed);
  await appendFile(join(left, "half"), "half");
  const both = await Promise.all([make("backups"), make("backups")]);
  expect(both.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 4]);
  expect(both.map(({ err }) => err).join("")).toContain("disk.locked");
  const names = await readdir(place("backups"));
  expect(names.filter((name) => name.endsWith(".unfinished"))).toEqual([]);
  expect(names).toContain(basename(rehearsed));
  expect(readNetwork(backup).networkId).toBe(network.networkId);
});
