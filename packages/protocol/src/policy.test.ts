import * as fc from "fast-check";
import { expect, test } from "vitest";
import { payoutFee, splitPayout } from "./payout-fee.ts";
import { defaultPolicy, demoPolicy } from "./policy-defaults.ts";
import { policyHash } from "./policy.ts";

const policy = defaultPolicy({ fromEpoch: 690, epochBudgetMicro: 100_000_001n });

test("the demo admits at once and lets one node earn the whole budget, nothing else differs", () => {
  const demo = demoPolicy({ fromEpoch: 690, epochBudgetMicro: 100_000_001n });
  expect(policy).toMatchObject({ admission: "approval", max_reward_per_node_micro: "25000000" });
  expect(demo).toEqual({
    ...policy,
    admission: "demo",
    payout: { ...policy.payout, unwitnessed_delay_slots: 2 },
    max_reward_per_node_micro: "100000001",
  });
  expect(policyHash(demo)).not.toBe(policyHash(policy));
});

test("a broken rule between fields names the field and the fix", () => {
  expect(() =>
    defaultPolicy({ fromEpoch: 1, epochBudgetMicro: 1n, admission: "automatic" }),
  ).toThrow("policy /admission: automatic admission needs stake: add stake, or use approval");
});

test("net and fee sum to gross, and more gross never nets less", () => {
  const gross = fc.bigInt({ min: 1_000_000n, max: 10_000_000_000n });
  fc.assert(
    fc.property(gross, gross, (a, b) => {
      const { net, fee } = splitPayout(policy, a);
      expect(net + fee).toBe(a);
      expect(net).toBeGreaterThan(0n);
      expect(fee).toBe(payoutFee(policy.payout, a));
      expect(b > a ? splitPayout(policy, b).net >= net : true).toBe(true);
    }),
  );
});
