import {
  type BlockNetwork,
  demoGenesis,
  ed25519PublicKey,
  type Genesis,
  networkId,
  sha256,
  slotAt,
  toHex,
  utf8,
} from "@lucid/protocol";

/** A network with its secrets: 32-byte seeds. */
export type TestNetwork = BlockNetwork & {
  readonly seeds: Readonly<Record<"network" | "log" | "token", Uint8Array>>;
};

/** A demo network whose keys follow from `name`; any field of its genesis may be chosen otherwise. */
export const testNetwork = (choices: Partial<Genesis> = {}, name = "test"): TestNetwork => {
  const seedOf = (role: string): Uint8Array => sha256(utf8(`${name} ${role}`));
  const keyOf = (seed: Uint8Array): string => toHex(ed25519PublicKey(seed));
  const seeds = { network: seedOf("network"), log: seedOf("log"), token: seedOf("token") };
  const genesis = demoGenesis({
    first_slot: 15,
    root_keys: [keyOf(seedOf("root"))],
    root_threshold: 1,
    network_key: keyOf(seeds.network),
    log_key: keyOf(seeds.log),
    log_origin: "lucid.example/0123456789abcdef",
    ...choices,
  });
  return { genesis, networkId: networkId(genesis), seeds };
};

/** A network of 2-second slots in which `slots` have passed by `nowMs`. */
export const runningNetwork = (nowMs: number, slots: number, name?: string): TestNetwork => {
  const { genesis } = testNetwork({}, name);
  return testNetwork({ first_slot: slotAt(genesis, nowMs) - slots }, name);
};
