import type { ResponseOf, Routes } from "@lucid/api";

export type Network = ResponseOf<Routes["getNetwork"]>;

/** Where the network is at one moment; progress from 0 to 1. */
type EpochClock = {
  readonly slot: number;
  readonly slotProgress: number;
  readonly slotEndsInMs: number;
  readonly epoch: number;
  readonly slotIndex: number;
  readonly epochProgress: number;
  readonly epochEndsInMs: number;
};

/** Lengths in milliseconds and slots, read off the network's own times. */
export type Calendar = { readonly slotMs: number; readonly slotsPerEpoch: number };

export const calendarOf = (network: Network): Calendar => {
  const startMs = Date.parse(network.slot_started_at);
  const slotMs = Date.parse(network.slot_ends_at) - startMs;
  const slotsLeft = Math.round((Date.parse(network.epoch_ends_at) - startMs) / slotMs);
  return { slotMs, slotsPerEpoch: network.slot_index + slotsLeft };
};

/** The slot and epoch clock at a time of the service: read off that time, never counted. */
export const readEpochClock = (network: Network, nowMs: number): EpochClock => {
  const { slotMs, slotsPerEpoch } = calendarOf(network);
  const slots = (nowMs - Date.parse(network.slot_started_at)) / slotMs;
  const passed = Math.floor(slots);
  const index = network.slot_index + passed;
  const slotProgress = slots - passed;
  const slotIndex = ((index % slotsPerEpoch) + slotsPerEpoch) % slotsPerEpoch;
  const epochProgress = (slotIndex + slotProgress) / slotsPerEpoch;
  return {
    slot: network.slot + passed,
    slotProgress,
    slotEndsInMs: (1 - slotProgress) * slotMs,
    epoch: network.epoch + Math.floor(index / slotsPerEpoch),
    slotIndex,
    epochProgress,
    epochEndsInMs: (1 - epochProgress) * slotsPerEpoch * slotMs,
  };
};

/** When a slot starts, in Unix milliseconds. */
export const slotStartMs = (network: Network, slot: number): number =>
  Date.parse(network.slot_started_at) + (slot - network.slot) * calendarOf(network).slotMs;
