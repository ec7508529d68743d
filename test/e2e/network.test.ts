import {
  formatUsdt,
  parseUsdt,
  settleEpoch,
  setBit,
  createBitmap,
  REPUTATION_START,
  parseGenesis,
  parsePolicy,
  firstSlotOf,
} from "@lucid/protocol";
import { openUrl, verifySource } from "@lucid/verify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findMissing, listExpressions, parseSeries } from "../deploy/expressions.ts";
import { type Actor, createTestNetwork, type TestNetwork } from "../network.ts";

describe("a network from enrolment to confirmed payouts", () => {
  let network: TestNetwork;
  let settled: number;

  beforeAll(async () => {
    network = await createTestNetwork({
      nodes: ["honest", "honest", "honest", "lazy", "flaky", "cloned", "lying"],
      budgetMicro: 120_000_000n,
    });
    settled = network.epoch() + 1;
    await network.passUntil(async () => {
      const { items } = await network.client.call("listEpochs");
      return items.some(({ epoch, state }) => epoch === settled && state === "closed");
    });
    await network.passUntil(async () => {
      const { items } = await network.client.call("listPayouts", { query: { state: "confirmed" } });
      return items.length >= 3;
    });
  }, 120_000);
  afterAll(() => network[Symbol.asyncDispose]());

  test("results are those of an auditor who has only the acknowledged beacons", async () => {
    const { genesis: document, policy } = await network.client.call("getNetwork");
    const genesis = parseGenesis(document);
    const first = firstSlotOf(genesis, settled);
    const everySlot = createBitmap(genesis.slots_per_epoch);
    for (let index = 0; index < genesis.slots_per_epoch; index++) setBit(everySlot, index);
    const present = ({ acknowledged }: Actor) => {
      const bitmap = createBitmap(genesis.slots_per_epoch);
      for (let index = 0; index < genesis.slots_per_epoch; index++)
        if (acknowledged.has(first + index)) setBit(bitmap, index);
      return bitmap;
    };
    const recomputed = settleEpoch({
      genesis,
      policy: parsePolicy(policy),
      epoch: settled,
      nodes: network.nodes.map((node) => ({
        node_id: node.nodeId,
        owner_id: "",
        active: everySlot,
        present: present(node),
        alpha: REPUTATION_START,
        beta: REPUTATION_START,
      })),
      excused: createBitmap(genesis.slots_per_epoch),
      deafEmptySlots: 0,
    });
    const epoch = await network.client.call("getEpoch", { params: { epoch: settled } });
    expect(epoch.root).toBe(recomputed.closed.root);
    expect(epoch.total_usdt).toBe(formatUsdt(BigInt(recomputed.closed.total_micro)));
  });

  test("each behaviour gets what it did", async () => {
    const { items } = await network.client.call("listEpochResults", { params: { epoch: settled } });
    const of = (behaviour: Actor["behaviour"]) => {
      const ids = network.nodes.filter((node) => node.behaviour === behaviour).map((n) => n.nodeId);
      return items.filter(({ node_id }) => ids.includes(node_id));
    };
    for (const { time, valid } of [...of("honest"), ...of("cloned")])
      expect({ time, valid }).toEqual({ time: 10_000, valid: true });
    expect(of("lazy")[0]?.time).toBeLessThan(6000);
    expect(of("lying")[0]).toMatchObject({ present: 0, credits: 0, reward_usdt: "0.000000" });
    const [liar] = network.nodes.filter(({ behaviour }) => behaviour === "lying");
    expect([...(liar?.refused ?? [])]).toEqual(["beacons.wrong_reveal"]);
  });

  test("every owner's statement adds up to the micro-USDT, and each line has its source", async () => {
    const { items: owners } = await network.client.call("listOwners", { query: { limit: 100 } });
    expect(owners).toHaveLength(network.nodes.length);
    for (const { owner_id, balance_usdt } of owners) {
      const statement = await network.client.call("getStatement", { params: { owner_id } });
      const sum = statement.lines.reduce(
        (total, line) => total + signedMicro(line.amount_usdt),
        0n,
      );
      expect(statement.adds_up).toBe(true);
      expect(formatUsdt(sum)).toBe(statement.closing_usdt);
      expect(statement.closing_usdt).toBe(balance_usdt);
      for (const line of statement.lines) {
        expect(line.because).not.toBe("");
        expect(line.reward === null).toBe(line.kind !== "reward");
        expect(line.payout === null).toBe(line.kind !== "payout");
      }
    }
  });

  test("the chain shows exactly the confirmed payouts", async () => {
    const { items } = await network.client.call("listPayouts", {
      query: { state: "confirmed", limit: 100 },
    });
    const solid = network.devnet.transfers().filter(({ from }) => from === network.treasury);
    const onChain = new Map(
      solid.map(({ txid, to, amountMicro }) => [txid, `${to} ${formatUsdt(amountMicro)}`]),
    );
    for (const { txid, recipient, net_usdt } of items)
      expect(onChain.get(txid ?? "")).toBe(`${recipient} ${net_usdt}`);
    expect(onChain.size).toBe(solid.length);
  });

  test("its log follows, for whoever reads it without trusting anybody", async () => {
    await network.passUntil(
      async () => (await network.client.call("getNetwork")).log.lag_slots < 2,
    );
    const report = await verifySource(openUrl(network.logUrl));
    expect(report.first_mismatch).toBeNull();
    expect(report).toMatchObject({ follows: true });
    const heard = network.nodes.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
    expect(report.checked["beacons"]).toBeGreaterThan(heard - 3 * network.nodes.length);
  });

  test("every figure that dashboard and alert rules ask for is told by a service", async () => {
    const told = await Promise.all(
      network.metricsUrls.map(async (url) => (await fetch(url)).text()),
    );
    const series = parseSeries(told.join("\n"));
    const missing = listExpressions().flatMap(({ place, expr }) =>
      findMissing(expr, series).map((what) => `${place}: ${what}`),
    );
    expect(missing).toEqual([]);
  });
});

/** `parseUsdt` reads input, which has no sign; statement lines have one. */
function signedMicro(text: string): bigint {
  return text.startsWith("-") ? -parseUsdt(text.slice(1)) : parseUsdt(text);
}
