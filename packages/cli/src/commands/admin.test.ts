import { join } from "node:path";
import { addressOfKey } from "@lucid/protocol";
import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { lucid, serveNewNetwork } from "../testing/founder.ts";
import { runLucid } from "../testing/run-lucid.ts";

const walletKey = "5".repeat(64);

test("a founder approves, suspends and retires a node, which joins, moves and leaves pools, from the command line", async () => {
  await using folder = await createTestFolder();
  const data = join(folder.path, "network");
  const node = join(folder.path, "node");
  const wallet = join(folder.path, "wallet.key");
  await writeFile(wallet, walletKey);
  const key = join(folder.path, "operator.key");
  const made = await runLucid(["admin", "key", key, "--json"], { seed: 77 }); // a node's key is another
  const [{ public_key } = {}] = made.lines;
  expect(await lucid("admin", "key", key)).toMatchObject({ code: 4 });
  await using service = await serveNewNetwork(data, {
    payer: null,
    settings: { OPERATOR_KEYS: String(public_key) },
  });
  const at = ["--service", service.url];
  await lucid("node", "init", "--data", node);
  const enrolled = await lucid(
    "node",
    "enrol",
    "--data",
    node,
    "--address",
    addressOfKey(walletKey),
    "--wallet-key-file",
    wallet,
    ...at,
  );
  expect(enrolled.code, enrolled.err).toBe(0);

  const pending = await lucid("admin", "nodes", "--standing", "pending", ...at);
  const [listed] = pending.lines as { items: { node_id: string }[] }[];
  const nodeId = listed?.items[0]?.node_id ?? "";
  const as = ["--data", data, ...at];
  const approved = await lucid("admin", "approve", nodeId, ...as);
  expect(approved.lines).toMatchObject([{ node_id: nodeId, standing_reason: "approved" }]);
  for (const pool of ["pool_north", "pool_south"])
    expect((await lucid("pools", "create", pool, "A pool", ...as)).code).toBe(0);
  const sits = async (...args: string[]) => lucid("node", "pool", ...args, "--data", node);
  expect((await sits("join")).lines).toMatchObject([{ event: "joined", pool_id: "pool_north" }]);
  expect((await sits("join", "pool_south")).err).toContain("--from");
  const moved = await sits("join", "pool_south", "--from", "pool_north");
  expect(moved.lines).toMatchObject([{ pool_id: "pool_south", node_id: nodeId }]);
  const shown = await lucid("pools", "show", "pool_south", ...at);
  expect(shown.lines).toMatchObject([
    { members: 1, nodes: [{ node_id: nodeId, consent: "work_credits" }] },
  ]);
  const alerts = async (...args: string[]) => lucid("node", "alerts", ...args, "--data", node);
  await alerts("set", "--cpu", "90", "--network", "2.5");
  const raised = await lucid("admin", "alerts", "set", nodeId, "--disk", "70.5%", ...as);
  expect(raised.lines).toMatchObject([{ cpu_bp: 9000, network_bps: 2_500_000, disk_bp: 7050 }]);
  expect((await alerts("set")).err).toContain("Name at least one: --cpu");
  expect((await alerts("set", "--cpu", "101")).err).toContain("a percentage from 0 to 100");
  const asUsual = [{ cpu_bp: 8000, disk_bp: 8500 }];
  expect((await lucid("admin", "alerts", "reset", nodeId, ...as)).lines).toMatchObject(asUsual);
  await alerts("set", "--cpu", "90");
  expect((await alerts("reset")).lines).toMatchObject(asUsual);
  const watched = [{ thresholds: { cpu_bp: 8000, disk_bp: 8500 }, alerts: [] }];
  expect((await alerts("show")).lines).toMatchObject(watched);
  expect((await lucid("admin", "alerts", nodeId, ...as)).lines).toMatchObject(watched);
  expect((await lucid("admin", "alerts", ...as)).lines).toMatchObject([{ items: [] }]);
  expect((await lucid("admin", "nodes", "commands", ...as)).lines).toMatchObject([{ items: [] }]);
  const second = await lucid("admin", "nodes", "commands", nodeId, "--page", "2", ...as);
  expect(second.lines).toMatchObject([{ node_id: nodeId, items: [], pagination: { page: 2 } }]);
  const payFrom = async (...args: string[]) => lucid("node", "threshold", ...args, "--data", node);
  expect((await payFrom("25.5")).err).toContain("has to sign in to set this");
  const set = await payFrom("25.5", "--wallet-key-file", wallet);
  expect(set.lines).toMatchObject([{ threshold_usdt: "25.500000" }]);
  expect((await payFrom()).lines).toMatchObject([{ threshold_usdt: "25.500000" }]);
  expect((await sits("leave")).lines).toMatchObject([{ event: "left", pool_id: "pool_south" }]);
  expect((await sits("show")).lines).toMatchObject([{ pool: null }]);
  expect((await lucid("pools", "drain", "pool_north", ...as)).lines).toMatchObject([
    { status: "draining" },
  ]);
  expect((await sits("join", "pool_north")).err).toContain("pools.draining");
  await lucid("pools", "disband", "pool_north", ...as);
  const disbanded = await lucid("pools", "list", "--status", "disbanded", ...at);
  expect(disbanded.lines).toMatchObject([{ items: [{ pool_id: "pool_north" }] }]);
  const operator = ["--key", key, ...at];
  const suspended = await lucid("admin", "suspend", nodeId, "--reason", "clock_off", ...operator);
  expect(suspended.lines).toMatchObject([{ standing_reason: "clock_off" }]);
  expect((await lucid("admin", "retire", nodeId, ...as)).code).toBe(0);
  const late = await lucid("admin", "approve", nodeId, ...as);
  expect(late.code).toBe(6);
  expect(late.err).toContain("nodes.standing");
});

test("without the network's folder nobody signs in", async () => {
  await using folder = await createTestFolder();
  const refused = await lucid("admin", "approve", "node_x", "--data", folder.path);
  expect(refused.code).toBe(4);
  expect(refused.err).toContain("admin.key");
});
