import type { SealedSlot } from "@lucid/api";
import {
  acceptanceWindow,
  bodyProblem,
  linkProblem,
  nextHeader,
  ProtocolError,
} from "@lucid/protocol";
import type { BlockHeader, BlockNetwork, Body } from "@lucid/protocol";
import type { AppendRefusal } from "./contract.ts";
import { refuse } from "./refusal.ts";

/** The header of the block that a slot makes after `parent`, or why it cannot stand there. */
export function makeHeader(
  network: BlockNetwork,
  parent: BlockHeader | null,
  slot: SealedSlot,
  body: Body,
): { ok: true; header: BlockHeader } | AppendRefusal {
  try {
    const header = nextHeader(network, parent, { ...slot, body });
    const problem = bodyProblem(header, body) ?? linkProblem(network, parent, header);
    if (problem === null) return { ok: true, header };
    const detail = `slot ${slot.slot}: ${problem.detail} (${problem.code})`;
    return refuse("blocks.header", detail, { slot: slot.slot });
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return refuse("blocks.header", `slot ${slot.slot}: ${error.message}`, { slot: slot.slot });
  }
}

/** Our own clock has its say as well: null when the slot is over and was not sealed in the future. */
export function clockProblem(
  { genesis }: BlockNetwork,
  { slot, sealed_at }: SealedSlot,
  nowMs: number,
): AppendRefusal | null {
  const opens = acceptanceWindow(genesis, slot).untilMs;
  if (nowMs < opens) {
    const detail = `slot ${slot} accepts beacons for another ${opens - nowMs} ms by the clock here`;
    return refuse("log.unavailable", detail, { slot });
  }
  if (sealed_at <= nowMs + genesis.slot_ms) return null;
  const detail = `slot ${slot} was sealed ${sealed_at - nowMs} ms from now by the clock here; compare the clocks`;
  return refuse("log.unavailable", detail, { slot });
}
