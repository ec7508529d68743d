import { applyKeyChange, checkKeyChange, type BlockNetwork, type Body } from "@lucid/protocol";
import type { NetworkKeys } from "@lucid/protocol";
import { LogError } from "./log-error.ts";

/**
 * The keys in force after a body: what its `key_change` records say holds from the next block on.
 * Throws `key_change` for one that does not hold, and `succession` for a record by which one log succeeds another.
 */
export function keysAfter(
  keys: NetworkKeys,
  { height, body }: { height: number; body: Body },
  { networkId }: BlockNetwork,
): NetworkKeys {
  let after = keys;
  for (const [leaf, { leaf: said }] of body.entries()) {
    if (said.kind !== "record" || said.record !== "key_change") continue;
    const place = { height, leaf };
    const verdict = checkKeyChange(networkId, after, said.data);
    if (!verdict.ok) throw new LogError("key_change", place, verdict.detail);
    if (said.data.succeeds !== undefined) {
      const detail = `this log succeeds ${said.data.succeeds.origin}: logs with a predecessor are not read`;
      throw new LogError("succession", place, detail);
    }
    after = applyKeyChange(after, said.data);
  }
  return after;
}
