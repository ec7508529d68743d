import { fromHex } from "../bytes.ts";
import { isTorsionFree, isValidPublicKey } from "../ed25519.ts";
import type { Genesis } from "../genesis.ts";
import type { KeyChange } from "../records/types.ts";
import { verifyObject } from "../signatures.ts";
import { refuse } from "../verdict.ts";
import type { Verdict } from "../verdict.ts";

/** The keys in force, where the log lives, and how many key changes were sealed. Keys in hex, root keys ascending. */
export type NetworkKeys = Pick<
  Genesis,
  "root_keys" | "root_threshold" | "network_key" | "log_key" | "log_origin"
> & { changes: number };

/** Why a key change does not hold. */
export type KeyChangeProblem = "seq" | "old" | "new" | "succeeds" | "signatures";

/** The keys that a network begins with. */
export function genesisKeys(genesis: Genesis): NetworkKeys {
  const { root_keys, root_threshold, network_key, log_key, log_origin } = genesis;
  return { root_keys, root_threshold, network_key, log_key, log_origin, changes: 0 };
}

/**
 * Judges a key change against the keys in force in the block that seals it: `seq` is the number of changes sealed
 * before, `old` the key of its role (of `root`: one of the root keys), `new` a key that has no role yet, and at least
 * `root_threshold` root keys sign (kind `key_change`), nobody else. `succeeds` is for the log alone and names the origin in
 * force; only there `new` may be `old`. That its size and root are those of the lost log is for whoever knows it.
 */
export function checkKeyChange(
  networkId: string,
  keys: NetworkKeys,
  change: KeyChange,
): Verdict<KeyChangeProblem> {
  return (
    orderProblem(keys, change) ??
    newKeyProblem(keys, change) ??
    signatureProblem(networkId, keys, change) ?? { ok: true }
  );
}

/** The keys after a change that holds; they are in force from the slot after the block that seals it. */
export function applyKeyChange(keys: NetworkKeys, change: KeyChange): NetworkKeys {
  const { role, old, new: key, succeeds } = change;
  const changes = keys.changes + 1;
  if (role === "network") return { ...keys, network_key: key, changes };
  if (role === "log")
    return { ...keys, log_key: key, log_origin: succeeds?.new_origin ?? keys.log_origin, changes };
  const root_keys = keys.root_keys.map((one) => (one === old ? key : one)).toSorted();
  return { ...keys, root_keys, changes };
}

function orderProblem(keys: NetworkKeys, { role, old, seq, succeeds }: KeyChange) {
  if (seq !== keys.changes) return refuse("seq", `its seq must be ${keys.changes}, not ${seq}`);
  if (!keysOf(keys, role).includes(old)) return refuse("old", `${old} is not a ${role} key`);
  if (succeeds === undefined) return null;
  if (role !== "log") return refuse("succeeds", "only a log can succeed another");
  const { origin, new_origin } = succeeds;
  return origin === keys.log_origin && new_origin !== origin
    ? null
    : refuse("succeeds", `it must name ${keys.log_origin} and a new origin`);
}

function newKeyProblem(keys: NetworkKeys, { old, new: key, succeeds }: KeyChange) {
  if (key === old && succeeds !== undefined) return null;
  const all = [...keys.root_keys, keys.network_key, keys.log_key];
  if (all.includes(key)) return refuse("new", `${key} has a role already: make a new key`);
  const bytes = fromHex(key, 32);
  return isValidPublicKey(bytes) && isTorsionFree(bytes)
    ? null
    : refuse("new", `${key} is not an Ed25519 public key`);
}

function signatureProblem(networkId: string, keys: NetworkKeys, change: KeyChange) {
  const { signatures } = change;
  const signers = new Set(signatures.map(({ key }) => key)).size;
  if (signers < signatures.length || signers < keys.root_threshold)
    return refuse("signatures", `${keys.root_threshold} different root keys have to sign`);
  const wrong = signatures.find(
    ({ key, signature }) =>
      !keys.root_keys.includes(key) ||
      !verifyObject("key_change", networkId, change, signature, key),
  );
  if (wrong === undefined) return null;
  return refuse("signatures", `that of ${wrong.key} is not a root key's over this change`);
}

function keysOf(keys: NetworkKeys, role: KeyChange["role"]): readonly string[] {
  if (role === "root") return keys.root_keys;
  return [role === "network" ? keys.network_key : keys.log_key];
}
