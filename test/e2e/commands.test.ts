import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@lucid/api/client";
import { addressOfKey } from "@lucid/protocol";
import { openUrl, verifySource } from "@lucid/verify";
import { afterAll, expect, test } from "vitest";
import { signInAsAdmin } from "../../packages/cli/src/admin/index.ts";
import { jsonLines, lucid, type Running } from "./lucid.ts";

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

const walletKey = "5".repeat(64);
const keep = (running: Running): Running => {
  stack.defer(() => running.kill("SIGKILL"));
  return running;
};
const done = async (...args: string[]): Promise<Record<string, unknown>> => {
  const { code, out, err } = await lucid([...args, "--json"]).ended;
  expect(code, err).toBe(0);
  return jsonLines(out).at(-1) ?? {};
};
const isEvent =
  (event: string, fields: Record<string, unknown> = {}) =>
  (line: string): boolean => {
    const said = JSON.parse(line) as Record<string, unknown>;
    return (
      said["event"] === event &&
      Object.entries(fields).every(([name, value]) => said[name] === value)
    );
  };

test("a node is stopped, started and restarted from the founder's command line, each time once", async () => {
  const dir = await mkdtemp(join(tmpdir(), "lucid-commands-"));
  stack.defer(() => rm(dir, { recursive: true, force: true }));
  const [data, node, wallet] = ["network", "node", "wallet.key"].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(wallet, walletKey, { mode: 0o600 });
  await done("init", "--data", data, "--demo");
  const ports = ["NODE_MANAGEMENT_PORT=0", "METRICS_PORT=0", "BLOCK_MANAGER_PORT=0"];
  const settings = ["TRON_NETWORK=none", "NODE_MANAGEMENT_HOST=127.0.0.1", ...ports];
  const network = keep(lucid(["up", "--data", data, "--json", "--set", ...settings]));
  const listening = JSON.parse(await network.line(isEvent("listening"))) as { url: string };
  const at = ["--service", listening.url];
  await done("node", "init", "--data", node);
  const pay = ["--address", addressOfKey(walletKey), "--wallet-key-file", wallet];
  const { node_id } = await done("node", "enrol", "--data", node, ...pay, ...at);
  const nodeId = String(node_id);
  await done("admin", "approve", nodeId, "--data", data, ...at);
  const run = (): Running => keep(lucid(["node", "run", "--data", node, "--json"]));
  let agent = run();
  await agent.line(isEvent("beacon"));

  const client = createClient({ baseUrl: listening.url });
  const params = { node_id: nodeId };
  const ask = (verb: string) =>
    done("admin", "nodes", verb, nodeId, "--data", data, ...at) as Promise<{ id: string }>;
  const admin = await signInAsAdmin({ data, service: listening.url });
  const status = async () => (await client.call("getNodeStatus", { params })).status;
  const stateOf = async (id: string) => {
    const { items } = await admin.call("listCommands", { params });
    return items.find((one) => one.id === id)?.state;
  };
  const wait = { timeout: 30_000, interval: 300 };

  const stop = await ask("stop");
  await agent.line(isEvent("command", { id: stop.id }));
  await expect.poll(() => stateOf(stop.id), wait).toBe("done");
  await expect.poll(status, wait).toBe("offline");

  // It stays stopped when its program is killed and comes back.
  agent.kill("SIGKILL");
  await agent.ended;
  agent = run();
  const start = await ask("start");
  await agent.line(isEvent("command", { id: start.id }));
  await agent.line(isEvent("beacon"));
  await expect.poll(status, wait).toBe("online");
  await expect.poll(() => stateOf(start.id), wait).toBe("done");

  const restart = await ask("restart");
  await agent.line(isEvent("command", { id: restart.id, action: "restart" }));
  await expect.poll(() => stateOf(restart.id), wait).toBe("done");
  await expect.poll(status, wait).toBe("online");
  agent.kill("SIGTERM");
  const said = jsonLines((await agent.ended).out);
  expect(said.filter(({ event }) => event === "started")).toHaveLength(2);
  expect(said.filter(({ event }) => event === "command")).toHaveLength(2);
  expect(said.filter(({ code }) => code === "commitments.equivocation")).toEqual([]);

  const report = await verifySource(openUrl(`${listening.url}/log`));
  expect(report.first_mismatch).toBeNull();
}, 120_000);
