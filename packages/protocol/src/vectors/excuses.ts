import vectors from "../../../../vectors/excuses.json" with { type: "json" };
import { createBitmap } from "../beacons/bitmap.ts";
import { fromHex, toHex } from "../bytes.ts";
import { createMaintenanceBook } from "../excuses/maintenance-book.ts";
import type { SilenceState } from "../excuses/silence.ts";
import { silentSlots } from "../excuses/silent-slots.ts";
import { parseGenesis } from "../genesis.ts";

type Silence = (typeof vectors.silence)[number];
type Maintenance = (typeof vectors.maintenance)[number];

export function recomputeExcuses() {
  return {
    silence: vectors.silence.map(foldSilence),
    maintenance: vectors.maintenance.map(foldMaintenance),
  };
}

function foldSilence(given: Silence) {
  let state: SilenceState | null = null;
  const epochs = given.epochs.map(({ epoch, nodes }) => {
    const heard = nodes.map((node) => ({ ...node, present: fromHex(node.present) }));
    const decided = silentSlots(parseGenesis(given.genesis), epoch, heard, state);
    state = JSON.parse(JSON.stringify(decided.state)) as SilenceState;
    return { epoch, nodes, excused: toHex(decided.excused) };
  });
  return { case: given.case, genesis: given.genesis, epochs, state };
}

function foldMaintenance(given: Maintenance) {
  const genesis = parseGenesis(given.genesis);
  const book = createMaintenanceBook(genesis);
  const records = given.records.map(({ sealed_slot, from_slot, to_slot }) => {
    const verdict = book.add({ node_id: "node_a", from_slot, to_slot }, sealed_slot);
    const code = verdict.ok ? {} : { code: verdict.code };
    return { sealed_slot, from_slot, to_slot, ...code };
  });
  const none = createBitmap(genesis.slots_per_epoch);
  const epochs = given.epochs.map(({ epoch }) => ({
    epoch,
    slots: toHex(book.slots("node_a", epoch) ?? none),
  }));
  return { case: given.case, genesis: given.genesis, records, epochs };
}
