import { policyHash, slotStart } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestServices,
  testNetwork,
  testPolicy,
  type TestServices,
} from "../testing/index.ts";
import { createPolicies } from "./index.ts";
import { seedProblems } from "./seeds.ts";

const network = testNetwork();
const first = testPolicy(network);
const next = (changes: object = {}) => ({ ...first, version: 2, from_epoch: 32, ...changes });

let services: TestServices;
beforeEach(async () => {
  services = await createTestServices({ network, policy: first });
});
afterEach(() => services[Symbol.asyncDispose]());

describe("policies", () => {
  it("begin with the first one, also in the slot the network is founded in", () => {
    expect(services.policies.forEpoch(29).version).toBe(1);
    expect(services.policies.forSlot(450).version).toBe(1);
  });

  it("take effect from their epoch on and are found when announced again", async () => {
    const announced = await services.policies.announce(next(), "person_a");
    expect(announced).toMatchObject({ outcome: "announced", stored: { madeBy: "person_a" } });
    expect(await services.policies.announce(next(), "person_b")).toMatchObject({
      outcome: "found",
      stored: { madeBy: "person_a", policyHash: policyHash(next()) },
    });
    expect([31, 32].map((epoch) => services.policies.forEpoch(epoch).version)).toEqual([1, 2]);
    expect(services.policies.list({}).items.map(({ version }) => version)).toEqual([2, 1]);
    expect((await services.restarted()).policies.forEpoch(32).version).toBe(2);
  });

  it.each([
    [{ from_epoch: 31 }, "policy.from_epoch", "/from_epoch"],
    [{ version: 3 }, "policy.invalid", "/version"],
    [{ epoch_budget_micro: "1.5" }, "policy.invalid", "/epoch_budget_micro"],
    [{ colour: "red" }, "policy.invalid", "colour"],
    [{ admission: "automatic" }, "policy.invalid", "/admission"],
    [{ version: 1, from_epoch: 30, reputation_lambda: 1 }, "policy.conflict", "version 1"],
  ])("with %j are refused as %s", async (changes, code, named) => {
    const verdict = await services.policies.announce(next(changes), "person_a");
    expect(verdict).toMatchObject({ outcome: "refused", code });
    expect(verdict).toHaveProperty("detail", expect.stringContaining(named));
  });

  it("refuse a policy.json that is not the store's first policy", async () => {
    const deps = { documents: services.documents, network, clock: services.clock };
    const other = { ...first, reputation_lambda: 980_000 };
    await expect(createPolicies(deps, { firstPolicy: other })).rejects.toMatchObject({
      code: "policy.first",
    });
    await expect(
      createPolicies(deps, { firstPolicy: { ...first, from_epoch: 0 } }),
    ).rejects.toThrow(/from_epoch 30/);
  });
});

describe("settings that seed rules", () => {
  it("agree with the rules in force or are named with what to do", () => {
    const { genesis } = network;
    expect(seedProblems(genesis, first, {})).toEqual([]);
    const same = { maxNodesPerPool: 100, payoutThresholdMicro: 10_000_000n, payoutFeeBp: 100 };
    expect(seedProblems(genesis, first, same)).toEqual([]);
    const [threshold, pool] = [
      seedProblems(genesis, first, { payoutThresholdMicro: 5_000_000n }),
      seedProblems(genesis, first, { maxNodesPerPool: 10 }),
    ];
    expect(threshold[0]?.detail).toMatch(
      /PAYOUT_THRESHOLD_USDT.*5000000.*POST \/api\/v1\/policies/,
    );
    expect(pool[0]?.detail).toMatch(/MAX_NODES_PER_POOL.*for ever/);
  });

  it("compare with the policy that is in force at the moment", async () => {
    const payout = { ...first.payout, threshold_micro: "20000000" };
    await services.policies.announce(next({ payout }), "person_a");
    const { genesis } = network;
    await services.clock.advance(slotStart(genesis, 32 * 15) - services.clock.now());
    const inForce = services.policies.forEpoch(32);
    expect(seedProblems(genesis, inForce, { payoutThresholdMicro: 20_000_000n })).toEqual([]);
  });
});
