import { verifyObject } from "@lucid/protocol";
import type { BlockNetwork, Body, Genesis, RecordData } from "@lucid/protocol";
import type { KeysInForce } from "./contract.ts";
import { LogError } from "./log-error.ts";

type KeyChange = RecordData["key_change"];

/** The keys that a network begins with. */
export function keysOfGenesis({ network_key, log_key, root_keys }: Genesis): KeysInForce {
  return {
    network: network_key,
    log: log_key,
    root: root_keys,
    seq: { network: -1, log: -1, root: -1 },
  };
}

/**
 * The keys in force after a body: what its `key_change` records say holds from the next block on. Each must replace a
 * key in force, with a `seq` above the role's last, and bear valid signatures of `root_threshold` root keys.
 * Throws `key_change`, and `succession` for a record by which one log succeeds another.
 */
export function keysAfter(
  keys: KeysInForce,
  { height, body }: { height: number; body: Body },
  network: BlockNetwork,
): KeysInForce {
  let after = keys;
  for (const [leaf, { leaf: said }] of body.entries()) {
    if (said.kind !== "record" || said.record !== "key_change") continue;
    const place = { height, leaf };
    const problem =
      changeProblem(after, said.data) ?? signingProblem(keys.root, said.data, network);
    if (problem !== null) throw new LogError("key_change", place, problem);
    if (said.data.succeeds !== undefined) {
      const detail = `this log succeeds ${said.data.succeeds.origin}: logs with a predecessor are not read`;
      throw new LogError("succession", place, detail);
    }
    after = applyChange(after, said.data);
  }
  return after;
}

function changeProblem(keys: KeysInForce, { role, old, new: next, seq }: KeyChange): string | null {
  const inForce = role === "root" ? keys.root : [keys[role]];
  if (!inForce.includes(old)) return `${old} is no ${role} key in force`;
  if ([...keys.root, keys.network, keys.log].includes(next)) return `${next} is in force already`;
  return seq > keys.seq[role] ? null : `its seq ${seq} is not above ${keys.seq[role]}`;
}

function signingProblem(
  rootKeys: readonly string[],
  change: KeyChange,
  { genesis, networkId }: BlockNetwork,
): string | null {
  const signed = change.signatures.filter(
    ({ key, signature }) =>
      rootKeys.includes(key) && verifyObject("key_change", networkId, change, signature, key),
  );
  const { root_threshold } = genesis;
  return signed.length >= root_threshold
    ? null
    : `${signed.length} root keys have signed it, ${root_threshold} must`;
}

function applyChange(keys: KeysInForce, { role, old, new: next, seq }: KeyChange): KeysInForce {
  const changed =
    role === "root"
      ? { root: [...keys.root.filter((key) => key !== old), next].sort() }
      : { [role]: next };
  return { ...keys, ...changed, seq: { ...keys.seq, [role]: seq } };
}
