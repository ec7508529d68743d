import type { BlockNetwork, Body, NetworkKeys } from "@lucid/protocol";
import { keysAfter, LogError } from "@lucid/verify";
import type { AppendRefusal } from "./contract.ts";
import { refuse } from "./refusal.ts";

/** The keys for the block after this one, or why its changes of keys cannot be followed. */
export function nextKeys(
  network: BlockNetwork,
  keys: NetworkKeys,
  { slot, height, body }: { slot: number; height: number; body: Body },
): { ok: true; keys: NetworkKeys } | AppendRefusal {
  for (const [leaf, { leaf: said }] of body.entries()) {
    if (said.kind !== "record" || said.record !== "key_change") continue;
    if (said.data.role === "network") continue;
    const detail = `slot ${slot}: leaf ${leaf} changes a ${said.data.role} key, which this version cannot follow`;
    return refuse("blocks.body", detail, { slot, leaf });
  }
  try {
    return { ok: true, keys: keysAfter(keys, { height, body }, network) };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const { leaf } = error.place;
    const place = leaf === undefined ? { slot } : { slot, leaf };
    return refuse("blocks.body", `slot ${slot}: ${error.message}`, place);
  }
}

/** While nobody here holds the key that the next block needs. */
export const missingKey = (slot: number, publicKey: string): AppendRefusal =>
  refuse(
    "log.unavailable",
    `slot ${slot} has to be signed by network key ${publicKey}; put its seed into the file of the network key`,
    { slot },
  );
