import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTestClock } from "@lucid/platform/clock";
import { defineCollection, openDocuments } from "@lucid/platform/documents";
import { createTokens } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { fromHex, slotStart } from "@lucid/protocol";
import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { createNodeManagement } from "./app.ts";
import { exitCodeOf } from "./exit-code.ts";
import { testFirstSlot, testGenesis, testNetwork } from "./testing/index.ts";
import {
  adminSeed,
  createTestFolder,
  startTestService,
  testConfig,
  testTokenKey,
} from "./testing/service.ts";

const log = createLog({ level: "silent", name: "test" });
const network = testNetwork();
const nowMs = slotStart(network.genesis, testFirstSlot);

/** The line and the exit code with which a start is refused. */
const refusal = async (path: string, settings: Record<string, string> = {}, atMs = nowMs) => {
  try {
    const clock = createTestClock(atMs);
    const service = await createNodeManagement(testConfig(path, settings), { clock, log });
    await service[Symbol.asyncDispose]();
    return "started";
  } catch (error) {
    return `${exitCodeOf(error)}: ${error instanceof Error ? error.message : ""}`;
  }
};

describe("a start is refused", () => {
  it("without a network, naming lucid init", async () => {
    await using folder = await createTestFolder();
    expect(await refusal(join(folder.path, "nowhere"))).toMatch(/^4: .*network\.json.*lucid init/);
  });

  it("with a genesis that is none", async () => {
    await using folder = await createTestFolder();
    await writeFile(join(folder.path, "network.json"), JSON.stringify({ version: 1 }));
    expect(await refusal(folder.path)).toMatch(/^4: .*network\.json.*\/name/);
    await writeFile(join(folder.path, "network.json"), "{");
    expect(await refusal(folder.path)).toMatch(/^4: .*not JSON/);
  });

  it("on the store of another network", async () => {
    await using folder = await createTestFolder();
    expect(await refusal(folder.path)).toBe("started");
    const other = testGenesis({ name: "other" });
    await writeFile(join(folder.path, "network.json"), JSON.stringify(other));
    expect(await refusal(folder.path)).toMatch(/^3: .*belongs to/);
  });

  it("on a store of a version that did not seal", async () => {
    await using folder = await createTestFolder();
    const before = defineCollection({
      name: "policies",
      schema: Type.Object({ id: Type.String(), version: Type.Integer() }),
      unique: [["version"]],
    });
    const path = join(folder.path, "node-management.sqlite");
    {
      await using old = await openDocuments({ engine: "sqlite", path, create: true }, [before]);
      await old.collection(before).insert({ id: "1", version: 1 });
    }
    expect(await refusal(folder.path)).toMatch(/^3: .*another version.*sealed_slot.*new network/);
  });

  it("with a clock from before the network", async () => {
    await using folder = await createTestFolder();
    expect(await refusal(folder.path, {}, nowMs - 3_600_000)).toMatch(/^3: .*set the clock/);
    expect(await refusal(folder.path, {}, nowMs - 1000)).toBe("started");
  });

  it("with another first policy than the store's", async () => {
    await using folder = await createTestFolder();
    await writeFile(join(folder.path, "policy.json"), "{}");
    expect(await refusal(folder.path)).toMatch(/^3: policy\.json/);
  });

  it("with a setting that contradicts the policy in force", async () => {
    await using folder = await createTestFolder();
    const line = await refusal(folder.path, { PAYOUT_THRESHOLD_USDT: "25" });
    expect(line).toMatch(/^2: PAYOUT_THRESHOLD_USDT.*POST \/api\/v1\/policies/);
    const fee = { PAYOUT_PROCESSING_FEE_PERCENT: "1.5" };
    expect(await refusal(folder.path, fee)).toMatch(/^2: PAYOUT_PROCESSING_FEE_PERCENT says 150/);
    expect(await refusal(folder.path, { PAYOUT_PROCESSING_FEE_PERCENT: "1" })).toBe("started");
  });

  it("without the key that signs tokens, or with a broken one", async () => {
    await using folder = await createTestFolder();
    const path = join(folder.path, "keys", "token.key");
    await writeFile(path, "not a key");
    const line = await refusal(folder.path);
    expect(line).toMatch(/^4: .*token\.key.*64/);
    expect(line).not.toContain("not a key");
  });

  it("with an admin key that is none", async () => {
    await using folder = await createTestFolder();
    expect(await refusal(folder.path, { ADMIN_KEYS: "abc" })).toMatch(/^2: .*ADMIN_KEYS .*"abc"/s);
  });

  it("with half of a chain's settings", async () => {
    await using folder = await createTestFolder();
    expect(await refusal(folder.path, { TRON_NETWORK: "local" })).toMatch(/^2: .*TRON_TOKEN/);
  });

  it("while another process uses the folder or the port", async () => {
    await using running = await startTestService({ network });
    expect(await refusal(running.folder)).toMatch(/^4: Another process uses/);
    await using folder = await createTestFolder();
    const { port } = new URL(running.service.url);
    const { port: metricsPort } = new URL(running.service.metricsUrl);
    expect(await refusal(folder.path, { NODE_MANAGEMENT_PORT: port })).toMatch(/^5: port/);
    expect(await refusal(folder.path, { METRICS_PORT: metricsPort })).toMatch(/^5: .*METRICS_PORT/);
  });
});

describe("a running service", () => {
  it("is ready, and shows its network, figures and clock", async () => {
    await using test = await startTestService();
    await test.join("a");
    const ready = await fetch(`${test.service.url}/ready`);
    const { status, checks } = (await ready.json()) as {
      status: string;
      checks: { name: string; ok: boolean; detail: string }[];
    };
    expect(status).toBe("ready");
    expect(checks).toContainEqual({ name: "log", ok: true, detail: "up_to_date" });
    expect(checks.find(({ name }) => name === "sealing")?.detail).toMatch(/slot/);
    expect(await test.client.call("getNetwork", {})).toMatchObject({
      network_id: network.networkId,
      slot: testFirstSlot + 1,
      slot_index: 1,
      epoch: 30,
      log: { origin: network.genesis.log_origin, state: "up_to_date", lag_slots: 0 },
      nodes: { total: 1, offline: 1 },
      payouts: { state: "not_configured" },
    });
    await test.clock.advance(5000);
    const metrics = await (await fetch(test.service.metricsUrl)).text();
    expect(metrics).toContain('lucid_nodes{status="offline"} 1');
    expect(metrics).toContain("lucid_hearing 1");
    expect(metrics).toContain(`lucid_sealed_slot ${testFirstSlot + 2}`);
    expect(metrics).toContain("lucid_log_lag_slots 0");
    expect(metrics).toContain('lucid_log_sender{state="up_to_date"} 1');
    expect(metrics).toMatch(/lucid_seal_lateness_seconds_count [1-9]/);
  });

  it("tells live viewers what happens", async () => {
    await using test = await startTestService();
    const { clock } = test;
    const tokens = createTokens({ key: fromHex(testTokenKey), issuer: network.networkId, clock });
    const admin = { kind: "person", id: "person_a", roles: ["admin"] } as const;
    const { token } = await tokens.issue(admin, 60_000);
    const stop = new AbortController();
    const stream = await fetch(`${test.service.url}/api/v1/events`, {
      signal: stop.signal,
      headers: { authorization: `Bearer ${token}` },
    });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const node = await test.join("a");
    const people = await test.signIn(adminSeed);
    await people.call("stopNode", { params: { node_id: node.nodeId }, body: {} });
    await test.client.call("sendBeacon", { body: node.beacon(testFirstSlot + 1) });
    let seen = "";
    while (!seen.includes("event: beacon")) seen += (await reader?.read())?.value ?? "";
    expect(seen).toContain(`{"type":"node","node_id":"${node.nodeId}","standing":"active"}`);
    expect(seen).toContain(`"slot":${testFirstSlot + 1}`);
    expect(seen).toContain(`"action":"stop","state":"queued"`);
    const metrics = await (await fetch(test.service.metricsUrl)).text();
    expect(metrics).toContain('lucid_commands_total{action="stop",state="queued"} 1');
    stop.abort();
  });

  it("finds everything again after a restart", async () => {
    await using folder = await createTestFolder();
    const clock = createTestClock(nowMs);
    const start = () => createNodeManagement(testConfig(folder.path), { clock, log, payer: null });
    const first = await start();
    await first[Symbol.asyncDispose]();
    await clock.advance(5000);
    const second = await start();
    expect(second.network.networkId).toBe(first.network.networkId);
    await second[Symbol.asyncDispose]();
  });
});
