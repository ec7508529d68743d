import vectors from "../../../../vectors/standings.json" with { type: "json" };
import { toHex } from "../bytes.ts";
import { parseGenesis } from "../genesis.ts";
import type { StandingRecord } from "../records/types.ts";
import { epochsCutBy } from "../settlement/cut.ts";
import { activeSlots, standingAt } from "../standings/in-force.ts";
import type { SealedStanding } from "../standings/in-force.ts";
import { checkOwnerStanding } from "../standings/owner.ts";
import { firstSlotOf } from "../time.ts";
import { codeOf } from "./verdict-code.ts";

export function recomputeStandings() {
  return {
    cuts: vectors.cuts.map(recomputeCuts),
    in_force: vectors.in_force.map(recomputeInForce),
    owner: vectors.owner.map(({ case: name, network_id, address, last_seq, standing }) => ({
      case: name,
      network_id,
      address,
      last_seq,
      standing,
      ...codeOf(
        checkOwnerStanding(network_id, standing as StandingRecord, { address, lastSeq: last_seq }),
      ),
    })),
  };
}

function recomputeCuts(given: (typeof vectors.cuts)[number]) {
  let next = given.first_epoch;
  const blocks = given.blocks.map(({ slot, backlog }) => {
    const epochs = epochsCutBy(parseGenesis(given.genesis), next, { slot, backlog });
    next += epochs.length;
    return { slot, backlog, epochs };
  });
  return { ...given, blocks };
}

function recomputeInForce(given: (typeof vectors.in_force)[number]) {
  const genesis = parseGenesis(given.genesis);
  const changes = given.changes as SealedStanding[];
  const first = firstSlotOf(genesis, given.epoch);
  return {
    ...given,
    standings: Array.from({ length: genesis.slots_per_epoch }, (_, index) =>
      standingAt(changes, first + index),
    ),
    active: toHex(activeSlots(genesis, given.epoch, changes)),
  };
}
