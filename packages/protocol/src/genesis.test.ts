import { expect, test } from "vitest";
import { toHex } from "./bytes.ts";
import { demoGenesis, mainnetGenesisTemplate, networkId, parseGenesis } from "./genesis.ts";
import { ed25519PublicKey } from "./signatures.ts";

const keys = [1, 2, 3, 4, 5].map((n) => toHex(ed25519PublicKey(new Uint8Array(32).fill(n))));
const [network_key = "", log_key = "", ...others] = keys;
const choices = {
  name: "test",
  first_slot: 496_800,
  root_keys: others.toSorted(),
  root_threshold: 2,
  network_key,
  log_key,
  log_origin: "log.example.org/0123456789abcdef",
};
const demoChoices = { ...choices, root_keys: others.slice(0, 1), root_threshold: 1 };

test("the demo differs from the template exactly where the field list says so", () => {
  const demo = demoGenesis({ ...demoChoices, name: "demo" });
  expect({ ...mainnetGenesisTemplate(choices), ...demo }).toEqual(demo);
  expect(demo).toMatchObject({
    slot_ms: 2000,
    slots_per_epoch: 15,
    grace_ms: 400,
    leader_window_ms: 300,
    enrol_pow_bits: 8,
    name: "demo",
  });
});

test("any number of a demo can be chosen, within the rules", () => {
  const fast = demoGenesis({ ...demoChoices, slot_ms: 1000, grace_ms: 200, leader_window_ms: 200 });
  expect(fast.slot_ms).toBe(1000);
  expect(() => demoGenesis({ ...demoChoices, slot_ms: 1000 })).toThrow(/grace_ms/);
});

test("every field changes the network id", () => {
  const genesis = mainnetGenesisTemplate(choices);
  const ids = [
    genesis,
    { ...genesis, name: "other" },
    { ...genesis, first_slot: genesis.first_slot + 1 },
    { ...genesis, min_uptime: 2001 },
    { ...genesis, network_key: log_key, log_key: network_key },
  ].map(networkId);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a refusal lists every problem with its place and the fix", () => {
  const { name: _, ...nameless } = mainnetGenesisTemplate(choices);
  expect(() => parseGenesis({ ...nameless, slot_ms: "2000", motto: "x" })).toThrow(
    expect.objectContaining({
      code: "genesis.invalid",
      message: "genesis /motto: is no field of this object: remove it (and 2 more)",
      details: {
        problems: [
          { pointer: "/motto", detail: "is no field of this object: remove it" },
          { pointer: "/name", detail: "is missing" },
          { pointer: "/slot_ms", detail: 'must be an integer from 100 to 86400000, not "2000"' },
        ],
      },
    }),
  );
});

test.each([null, undefined, [], "x", 1, 10n])("%s is no genesis", (value) => {
  expect(() => parseGenesis(value)).toThrow(expect.objectContaining({ code: "genesis.invalid" }));
});
