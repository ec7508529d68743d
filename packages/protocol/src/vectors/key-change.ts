import vectors from "../../../../vectors/key-change.json" with { type: "json" };
import { parseGenesis } from "../genesis.ts";
import { applyKeyChange, checkKeyChange, genesisKeys } from "../keys/key-change.ts";
import type { KeyChange } from "../records/types.ts";
import { codeOf } from "./verdict-code.ts";

export function recomputeKeyChange() {
  return {
    chains: vectors.chains.map(recomputeChain),
    refused: vectors.refused.map(({ case: name, network_id, genesis, change }) => {
      const keys = genesisKeys(parseGenesis(genesis));
      const verdict = checkKeyChange(network_id, keys, change as KeyChange);
      return { case: name, network_id, genesis, change, ...codeOf(verdict) };
    }),
  };
}

function recomputeChain(given: (typeof vectors.chains)[number]) {
  let keys = genesisKeys(parseGenesis(given.genesis));
  const steps = given.steps.map(({ change }) => {
    const verdict = checkKeyChange(given.network_id, keys, change as KeyChange);
    keys = applyKeyChange(keys, change as KeyChange);
    return { change, keys, ...codeOf(verdict) };
  });
  return { ...given, steps };
}
