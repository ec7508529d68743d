import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import vectors from "../../../../vectors/time.json" with { type: "json" };
import type { Genesis } from "../genesis.ts";
import { parseGenesis } from "../genesis.ts";
import * as time from "../time.ts";

const template = parseGenesis(genesisVectors.networks[0]?.genesis);

export function recomputeTime() {
  return {
    moments: vectors.moments.map(({ clock, ms }) => {
      const genesis = withClock(clock);
      const slot = time.slotAt(genesis, ms);
      return {
        clock,
        ms,
        slot,
        epoch: time.epochOf(genesis, slot),
        index: time.slotIndex(genesis, slot),
        slot_start: time.slotStart(genesis, slot),
        slot_end: time.slotEnd(genesis, slot),
        acceptance: windowToJson(time.acceptanceWindow(genesis, slot)),
      };
    }),
    epochs: vectors.epochs.map(({ clock, epoch }) => ({
      clock,
      epoch,
      first_slot: time.firstSlotOf(withClock(clock), epoch),
      commitment: windowToJson(time.commitmentWindow(withClock(clock), epoch)),
    })),
    offsets: vectors.offsets.map(({ clock, public_key, epoch }) => ({
      clock,
      public_key,
      epoch,
      offset_ms: time.beaconOffsetMs(withClock(clock), public_key, epoch),
    })),
  };
}

function withClock(clock: Partial<Genesis>): Genesis {
  return { ...template, ...clock };
}

function windowToJson({ fromMs, untilMs }: time.TimeWindow) {
  return { from_ms: fromMs, until_ms: untilMs };
}
