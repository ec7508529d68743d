import { epochOf, slotIndex } from "@lucid/protocol";
import type { BlockNetwork } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Evidence } from "./evidence.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = {
  readonly network: BlockNetwork;
  readonly evidence: Evidence;
  readonly tally: Tally;
};

/** Slots in which the service says that it could not hear. Nobody else can know; that it says so in time is checked. */
export const createExcuses = ({ network: { genesis }, evidence, tally }: Deps) => {
  const markDeaf = (slot: number): void =>
    evidence.markDeaf(epochOf(genesis, slot), slotIndex(genesis, slot));

  return {
    excuse: ({ data, at }: Placed<"excuse">, block: TimedBlock): Verdict => {
      const { from_slot, to_slot, deaf_ms } = data;
      if (from_slot < genesis.first_slot || to_slot > block.slot + 1)
        return problem(
          "excuse.span",
          `Slots ${from_slot} to ${to_slot - 1} are excused in the block of slot ${block.slot}, before all of them were over.`,
          at,
        );
      if (from_slot < block.waitingSince)
        return problem(
          "excuse.late",
          `Slots ${from_slot} to ${to_slot - 1} are excused in the block of slot ${block.slot}, after the fact: nothing was left waiting then.`,
          at,
        );
      const spanMs = genesis.slot_ms * (to_slot - from_slot);
      if (deaf_ms !== undefined && (10 * deaf_ms <= spanMs || deaf_ms > spanMs))
        return problem(
          "excuse.deaf_ms",
          `Slots ${from_slot} to ${to_slot - 1} are excused for ${deaf_ms} ms without hearing; an excuse needs more than a tenth of their ${spanMs} ms, and they have no more.`,
          at,
        );
      for (let slot = from_slot; slot < to_slot; slot++) markDeaf(slot);
      tally.attest("deaf_excuses");
      return null;
    },

    /** A slot that nobody observed needs no record. */
    endBlock: ({ header, slot }: TimedBlock): void => {
      if (header.observed) return;
      markDeaf(slot);
      tally.attest("unobserved_slots");
    },
  };
};
