import { genesisKeys, linkProblem, verifyBlockEntry } from "@lucid/protocol";
import type { BlockEntry, BlockHeader, BlockNetwork, Body } from "@lucid/protocol";
import { keysAfter, LogError } from "@lucid/verify";
import type { CheckedEntry } from "./bundles.ts";
import type { Findings } from "./findings.ts";

/** Follows the blocks: signatures under the key in force, links; after a gap it goes on with what is there. */
export type Chain = {
  /** Takes an entry and the body that its header names, null when that is lost. */
  add(entry: CheckedEntry, body: Body | null): void;
};

export function createChain(network: BlockNetwork, findings: Findings): Chain {
  let keys = genesisKeys(network.genesis);
  let parent: BlockHeader | null | "unknown" = null;

  const checkEntry = (entry: BlockEntry, { height, path }: CheckedEntry): void => {
    if (!verifyBlockEntry(entry, network.networkId, keys.network_key))
      findings.add(
        path,
        "damaged",
        `the network key in force has not signed the entry at height ${height}`,
      );
    const problem = parent === "unknown" ? null : linkProblem(network, parent, entry.header);
    if (problem !== null)
      findings.add(
        path,
        "damaged",
        `the block at height ${height} does not link: ${problem.detail}`,
      );
  };

  const changeKeys = (body: Body, { height, path }: CheckedEntry): void => {
    try {
      keys = keysAfter(keys, { height, body }, network);
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      findings.add(path, "damaged", `the block at height ${height}: ${error.message}`);
    }
  };

  return {
    add: (checked, body) => {
      const { entry } = checked;
      if (entry !== null) checkEntry(entry, checked);
      if (body !== null) changeKeys(body, checked);
      parent = entry?.header ?? "unknown";
    },
  };
}
