import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@lucid/api/client";
import { createBlockManager } from "@lucid/block-manager";
import { createNodeManagement } from "@lucid/node-management";
import { readNetwork } from "@lucid/platform/data-folder";
import { createLog } from "@lucid/platform/log";
import { fromHex, toHex } from "@lucid/protocol";
import { openLog, openUrl } from "@lucid/verify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testConfig as logConfig } from "../../packages/block-manager/src/testing/service.ts";
import { runLucid } from "../../packages/cli/src/testing/run-lucid.ts";
import {
  createTestNode,
  signChange,
  testSeed,
} from "../../packages/node-management/src/testing/index.ts";
import {
  adminSeed,
  testConfig,
  testTokenKey,
} from "../../packages/node-management/src/testing/service.ts";
import { createPayer, createTestNetwork, type TestNetwork } from "../network.ts";
import { readDetermined } from "./determined.ts";

let network: TestNetwork;
let root: string;
/** Made in the middle; while payouts were on their way; and when nothing was any more. */
let early: string;
let late: string;
let last: string;

let seed = 70;
const place = (name: string) => join(root, name);
const lucid = async (...args: string[]) => {
  const { code, lines, err } = await runLucid(["--json", ...args], {
    seed: seed++,
    clock: network.clock,
  });
  return { code, out: lines, err };
};
const backUp = async (to: string): Promise<string> => {
  const { out, err } = await lucid("backup", "--data", network.folders.service, "--to", place(to));
  if (err !== "") throw new Error(err);
  return String(out[0]?.["folder"]);
};
const payouts = async () =>
  (await network.client.call("listPayouts", { query: { limit: 100 } })).items;
const count = async (wanted: string) =>
  (await payouts()).filter(({ state }) => state === wanted).length;
const paid = () => count("confirmed");
const outgoing = () => network.devnet.transfers().filter(({ from }) => from === network.treasury);

/** What people and nodes do between the backup and the end of the store. */
const live = async (): Promise<void> => {
  const admin = await network.signIn(adminSeed);
  const [first, second, third] = network.nodes;
  if (first === undefined || second === undefined || third === undefined) throw new Error("nodes");
  const identity = readNetwork(network.folders.service);
  const body = { pool_id: "pool_a", name: "A pool" };
  await admin.call("createPool", { body });
  for (const node of [first, second])
    await (
      await network.signIn(node.seed)
    ).call("joinPool", {
      params: { pool_id: "pool_a" },
      body: { node_id: node.nodeId, consent: "work_credits" },
    });
  const slot = network.slot();
  await admin.call("announceMaintenance", {
    params: { node_id: third.nodeId },
    body: { from_slot: slot + 4, to_slot: slot + 5 },
  });
  const newcomer = createTestNode(identity, "newcomer");
  const { header_hash } = await network.client.call("getNetwork");
  const enrolment = newcomer.enrolment({ header_hash });
  await network.client.call("enrolNode", {
    body: { network_id: network.networkId, ...enrolment },
  });
  const ownerId = (await network.client.call("getNode", { params: { node_id: third.nodeId } }))
    .owner_id;
  const to = createTestNode(identity, "another wallet");
  const { owner_id, ...change } = signChange(identity, { node: third, ownerId, to });
  await network.client.call("changeAddress", { params: { owner_id }, body: change });
  await network.passSlots(2);
  const leaving = await network.signIn(second.seed);
  await leaving.call("leavePool", { params: { pool_id: "pool_a", node_id: second.nodeId } });
  for (const standing of ["suspended", "active"] as const) {
    await admin.call("changeStanding", {
      params: { node_id: newcomer.nodeId },
      body: { standing, reason: "drill" },
    });
    await network.passSlots(2);
  }
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-from-log-"));
  network = await createTestNetwork({ nodes: ["honest", "honest", "lazy"] });
  const { service, log } = network.folders;
  await symlink(join(log, "log"), join(service, "log"));
  await network.passUntil(async () => (await paid()) > 0);
  early = await backUp("early");
  const before = await paid();
  await live();
  await network.passUntil(async () => (await paid()) > before && (await count("broadcast")) > 0);
  await network.passSlots(2);
  late = await backUp("late");
  const admin = await network.signIn(adminSeed);
  await admin.call("pausePayouts", { body: { reason: "the end" } });
  network.devnet.mine(20);
  await network.passUntil(async () => (await count("broadcast")) === 0);
  await network.passSlots(3);
  last = await backUp("last");
}, 300_000);
afterAll(async () => {
  await network[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

const restore = (backup: string, to: string, ...more: string[]) =>
  lucid("restore", backup, "--data", place(to), ...more);

describe("a store that is older than its log", () => {
  test("gets back every document that the log determines, as the lost store had it", async () => {
    const { code, out, err } = await restore(early, "same", "--from-log", last);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out[0]?.["from_log"]).toMatchObject({
      records: { enrolment: 1, address_change: 1, maintenance: 1, seat: 3 },
      in_flight: [],
      pools: ["pool_a"],
    });
    expect(await restore(last, "lost")).toMatchObject({ code: 0 });
    const [same, lost] = [await readDetermined(place("same")), await readDetermined(place("lost"))];
    for (const [name, documents] of lost)
      expect.soft({ [name]: same.get(name) }).toEqual({ [name]: documents });
  }, 60_000);

  test("is rehearsed with the log of an address, and leaves nothing", async () => {
    const rehearsed = await lucid("restore", early, "--rehearse", "--from-log", network.logUrl);
    expect(rehearsed).toMatchObject({ code: 0, out: [{ from_log: { pools: ["pool_a"] } }] });
    const asOld = await lucid("restore", late, "--rehearse", "--from-log", early);
    expect(asOld).toMatchObject({ code: 0, out: [{ from_log: { blocks: 0, in_flight: [] } }] });
  }, 60_000);

  test("takes nothing of a log that does not hold, and says to name another copy of it", async () => {
    const log = place("damaged");
    await cp(join(last, "log"), log, { recursive: true });
    const files = await readdir(log, { recursive: true });
    const newest = files
      .filter((file) => /^body\/\d+$/.test(file))
      .map((file) => Number(file.slice(5)));
    const path = join(log, "body", String(Math.max(...newest)));
    const bytes = await readFile(path);
    const end = bytes.length - 1;
    bytes.writeUInt8(bytes.readUInt8(end) ^ 1, end);
    await writeFile(path, bytes);
    expect(await restore(early, "none", "--from-log", log)).toMatchObject({
      code: 4,
      err: expect.stringMatching(/backup.log.*Name another copy of the log/s) as string,
    });
  }, 60_000);

  test("goes on from there: no fork, no payment made twice, and the log follows from its evidence", async () => {
    expect(await restore(early, "back", "--from-log", late)).toMatchObject({ code: 0 });
    const sent = outgoing().length;
    await using stack = new AsyncDisposableStack();
    const { client, url, published } = await start(stack, place("back"));
    const from = await published();
    await network.passUntil(
      async () => (await client.call("getNetwork")).payouts.state === "paused",
    );
    const resumed = await lucid(
      "payouts",
      "resume",
      "seen",
      "--data",
      place("back"),
      "--service",
      url,
    );
    expect(resumed).toMatchObject({ code: 0 });
    const all = async () => (await client.call("listPayouts", { query: { limit: 100 } })).items;
    const attribute = createTreasurer(client, "--data", place("back"), "--service", url);
    const attributed = async () => {
      await attribute();
      return outgoing().length > sent && (await all()).length === outgoing().length;
    };
    await network.passUntil(attributed, 40);
    network.devnet.mine(20);
    await network.passUntil(async () => (await all()).every(isConfirmed), 40);
    await network.passUntil(async () => (await published()) > from + 5);
    const paidFor = (await all()).map(({ txid }) => txid ?? "none");
    expect(new Set(outgoing().map(({ txid }) => txid))).toEqual(new Set(paidFor));
    expect(outgoing()).toHaveLength(paidFor.length);
    const report = await lucid("verify", place("back/log"));
    expect(report).toMatchObject({ code: 0, out: [{ follows: true, first_mismatch: null }] });
    // What the lost store sealed afterwards is another history now.
    const forked = await restore(last, "forked", "--from-log", place("back"));
    expect(forked).toMatchObject({
      code: 4,
      err: expect.stringMatching(/backup.fork.*the block itself/) as string,
    });
  }, 120_000);
});

/** Says of each transfer that the books do not know what the treasury takes it for, once. */
const createTreasurer = (client: Client, ...at: string[]) => {
  const told = new Set<string | null>();
  return async (): Promise<void> => {
    const { differences } = await client.call("getTreasury", {});
    for (const { txid, words } of differences) {
      if (txid === null || told.has(txid)) continue;
      told.add(txid);
      const [about = ""] = /--(?:payout|owner) \w+/.exec(words) ?? [];
      const say = ["admin", "treasury", "record", txid, "seen on the chain"];
      expect(await lucid(...say, ...about.split(" "), ...at)).toMatchObject({ code: 0 });
    }
  };
};

const isConfirmed = ({ state }: { readonly state: string }): boolean => state === "confirmed";

/** The services on a restored folder, after the machine that it was copied from is gone. */
const start = async (stack: AsyncDisposableStack, data: string) => {
  await mkdir(join(data, "keys"));
  const keys = { log: testSeed("log"), network: testSeed("network"), admin: adminSeed };
  for (const [role, key] of Object.entries({ ...keys, token: fromHex(testTokenKey) }))
    await writeFile(join(data, "keys", `${role}.key`), `${toHex(key)}\n`);
  const { clock } = network;
  const log = createLog({ level: "silent", name: "test" });
  const blocks = stack.use(await createBlockManager(logConfig(data), { clock, log }));
  const settings = { PAYOUT_PROCESSING_INTERVAL: "1", BLOCK_MANAGER_URL: blocks.url };
  const payer = createPayer(network.devnet);
  const service = stack.use(
    await createNodeManagement(testConfig(data, settings), { clock, log, payer }),
  );
  const client = createClient({ baseUrl: service.url });
  const source = openUrl(blocks.url);
  const published = async () => (await openLog(source)).checkpoint.size;
  return { client, url: service.url, published };
};
