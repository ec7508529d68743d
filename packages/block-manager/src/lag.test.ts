import { acceptanceWindow } from "@lucid/protocol";
import { expect, it } from "vitest";
import { lagOf } from "./lag.ts";
import { testNetwork } from "./testing/network.ts";

const network = testNetwork();
const { genesis } = network;
const first = genesis.first_slot;
const closes = (slot: number): number => acceptanceWindow(genesis, slot).untilMs;

it.each([
  ["the first window is open", null, closes(first) - 1, 0],
  ["the first window has closed", null, closes(first), 1],
  ["the block is there", first, closes(first), 0],
  ["the next window has closed", first, closes(first + 1), 1],
  ["ten windows have closed", first, closes(first + 10), 10],
  ["the clock is behind the log", first + 5, closes(first), 0],
])("counts sealable slots without a block: %s", (_, slot, nowMs, lag) => {
  expect(lagOf(network, slot === null ? null : { slot }, nowMs)).toBe(lag);
});
