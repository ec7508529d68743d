import {
  demoGenesis,
  ed25519PublicKey,
  networkId,
  sha256,
  signNote,
  checkpointText,
  formatNote,
  toHex,
  utf8,
} from "@lucid/protocol";
import type { BlockNetwork, Genesis, TrustedLog } from "@lucid/protocol";

/** A network with all its secrets: 32-byte seeds. */
export type TestNetwork = BlockNetwork & {
  seeds: { network: Uint8Array; log: Uint8Array; root: Uint8Array };
  trusted: TrustedLog;
};

/** A demo network whose keys follow from `name`; any field of its genesis may be chosen otherwise. */
export function testNetwork(choices: Partial<Genesis> = {}, name = "test"): TestNetwork {
  const seedOf = (role: string) => sha256(utf8(`${name} ${role}`));
  const seeds = { network: seedOf("network"), log: seedOf("log"), root: seedOf("root") };
  const keyOf = (seed: Uint8Array) => toHex(ed25519PublicKey(seed));
  const genesis = demoGenesis({
    first_slot: 15,
    root_keys: [keyOf(seeds.root)],
    root_threshold: 1,
    network_key: keyOf(seeds.network),
    log_key: keyOf(seeds.log),
    log_origin: "lucid.example/0123456789abcdef",
    ...choices,
  });
  const trusted = { origin: genesis.log_origin, logKey: ed25519PublicKey(seeds.log) };
  return { genesis, networkId: networkId(genesis), seeds, trusted };
}

/** A checkpoint as the network's log signs it. */
export function signCheckpoint(
  { genesis, seeds }: TestNetwork,
  head: { size: number; root: Uint8Array },
): Uint8Array {
  const text = checkpointText({ origin: genesis.log_origin, ...head });
  const signature = signNote(text, { name: genesis.log_origin, seed: seeds.log });
  return formatNote({ text, signatures: [signature] });
}
