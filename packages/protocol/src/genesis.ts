import { fromHex, isHex, labelledHash, toHex } from "./bytes.ts";
import { encode } from "./canonical.ts";
import { isTorsionFree, isValidPublicKey } from "./ed25519.ts";
import {
  basisPoints,
  fields,
  integer,
  listOf,
  oneOf,
  satisfies,
  text,
  throwOnProblems,
  wrong,
} from "./fields.ts";
import type { Check, Problem } from "./fields.ts";

/** `network.json`: what can never change about a network. Times in ms, keys in hex. */
export type Genesis = {
  version: 1;
  name: string;
  origin_ms: number;
  first_slot: number;
  slot_ms: number;
  slots_per_epoch: number;
  grace_ms: number;
  leader_window_ms: number;
  leader_epochs: number;
  cooldown_slots: number;
  /** basis points */
  min_uptime: number;
  witness_committee: number;
  pool_max_nodes: number;
  max_body_bytes: number;
  enrol_pow_bits: number;
  /** ascending */
  root_keys: string[];
  root_threshold: number;
  network_key: string;
  log_key: string;
  /** `<host>/<16 hex>` */
  log_origin: string;
};

const publicKey: Check = satisfies(
  (value) => isHex(value, 32) && isValidPublicKey(fromHex(value)) && isTorsionFree(fromHex(value)),
  "must be an Ed25519 public key as lower-case hex of 32 bytes",
);

const genesisFields = fields<Genesis>({
  version: oneOf(1),
  name: text(),
  origin_ms: integer(),
  first_slot: integer(),
  slot_ms: integer(100, 86_400_000),
  slots_per_epoch: integer(2, 86_400),
  grace_ms: integer(1),
  leader_window_ms: integer(1),
  leader_epochs: integer(1, 365),
  cooldown_slots: integer(0, 86_400),
  min_uptime: basisPoints,
  witness_committee: integer(1, 1000),
  pool_max_nodes: integer(1, 100),
  max_body_bytes: integer(65_536, 1_073_741_824),
  enrol_pow_bits: integer(0, 64),
  root_keys: listOf(publicKey),
  root_threshold: integer(1),
  network_key: publicKey,
  log_key: publicKey,
  log_origin: satisfies(
    (value) =>
      typeof value === "string" && value.length <= 64 && /^[a-z0-9.-]+\/[0-9a-f]{16}$/.test(value),
    "must be <host>/<16 hex digits>",
  ),
});

/** The genesis document in `value`; throws `genesis.invalid` with `details.problems` [{pointer, detail}]. */
export function parseGenesis(value: unknown): Genesis {
  throwOnProblems("genesis", genesisFields(value, ""));
  const genesis = value as Genesis;
  throwOnProblems("genesis", [...timingProblems(genesis), ...keyProblems(genesis)]);
  return genesis;
}

/** `network_id = H("lucid/network/v1\n" ‖ JCS(genesis))` in hex. */
export function networkId(genesis: Genesis): string {
  return toHex(labelledHash("network", encode(genesis)));
}

/** What a network must choose for itself: its name, first slot, keys and where its log lives. */
export type GenesisChoices = Pick<
  Genesis,
  "name" | "first_slot" | "root_keys" | "root_threshold" | "network_key" | "log_key" | "log_origin"
>;

/** A genesis with the mainnet template's defaults; `first_slot` is the slot of creation + 1. */
export function mainnetGenesisTemplate(choices: GenesisChoices): Genesis {
  return parseGenesis({
    version: 1,
    origin_ms: 1_704_067_200_000,
    slot_ms: 120_000,
    slots_per_epoch: 720,
    grace_ms: 5000,
    leader_window_ms: 5000,
    leader_epochs: 7,
    cooldown_slots: 16,
    min_uptime: 2000,
    witness_committee: 15,
    pool_max_nodes: 100,
    max_body_bytes: 8_388_608,
    enrol_pow_bits: 18,
    ...choices,
  });
}

/** A genesis for a demo: 2-second slots, 15 of them in an epoch. Any field but `version` may be chosen otherwise. */
export function demoGenesis(
  choices: Omit<GenesisChoices, "name"> & Partial<Omit<Genesis, "version">>,
): Genesis {
  return parseGenesis({
    ...mainnetGenesisTemplate({ ...onlyChoices(choices), name: "demo" }),
    slot_ms: 2000,
    slots_per_epoch: 15,
    grace_ms: 400,
    leader_window_ms: 300,
    enrol_pow_bits: 8,
    ...choices,
  });
}

function onlyChoices(values: Omit<GenesisChoices, "name">): Omit<GenesisChoices, "name"> {
  const { first_slot, root_keys, root_threshold, network_key, log_key, log_origin } = values;
  return { first_slot, root_keys, root_threshold, network_key, log_key, log_origin };
}

function timingProblems({ slot_ms, grace_ms, leader_window_ms }: Genesis): Problem[] {
  const problems: Problem[] = [];
  if (4 * grace_ms > slot_ms) {
    problems.push(
      wrong(
        "/grace_ms",
        `must be at most a quarter of slot_ms, ${Math.floor(slot_ms / 4)}, not ${grace_ms}`,
      ),
    );
  }
  if (grace_ms + 4 * leader_window_ms > slot_ms) {
    const most = Math.floor((slot_ms - grace_ms) / 4);
    problems.push(
      wrong(
        "/leader_window_ms",
        `must be at most ${most}, so that grace and four windows fit in a slot`,
      ),
    );
  }
  return problems;
}

function keyProblems({ root_keys, root_threshold, network_key, log_key }: Genesis): Problem[] {
  const problems: Problem[] = [];
  if (root_keys.some((key, i) => i > 0 && key <= (root_keys[i - 1] as string))) {
    problems.push(wrong("/root_keys", "must ascend, each key once: sort them"));
  }
  if (root_threshold > root_keys.length) {
    problems.push(
      wrong("/root_threshold", `must be at most the number of root_keys, ${root_keys.length}`),
    );
  }
  if (root_keys.includes(network_key))
    problems.push(wrong("/network_key", "must not be a root key as well"));
  if ([...root_keys, network_key].includes(log_key)) {
    problems.push(
      wrong("/log_key", "must be a key of its own, neither a root key nor the network key"),
    );
  }
  return problems;
}
