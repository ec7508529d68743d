import { heightsOfEpoch, parseLeaf, unframeLeaves, utf8 } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { Bodies } from "./bodies.ts";
import type { Pause } from "../shared/pause.ts";

/** Looks for the record that closes an epoch; remembers how far it has looked. */
export type ClosedEpochs = {
  /** Whether `epoch_closed` of an epoch is sealed in the first `size` blocks. Ask for epochs in ascending order. */
  isClosed(epoch: number, size: number, pause: Pause): Promise<boolean>;
};

// How a canonical record ends, keys being in order: looking at it spares parsing every other record.
const END = utf8('"record":"epoch_closed"}');

export function createClosedEpochs(genesis: Genesis, bodies: Bodies): ClosedEpochs {
  const closed = new Set<number>();
  let next = 0;
  return {
    isClosed: async (epoch, size, pause) => {
      next = Math.max(next, heightsOfEpoch(genesis, epoch).to);
      while (!closed.has(epoch) && next < size) {
        for (const found of closedIn(await bodies.bodyAt(next))) closed.add(found);
        next++;
        await pause();
      }
      return closed.delete(epoch);
    },
  };
}

function closedIn(body: Uint8Array): number[] {
  return unframeLeaves(body)
    .filter(endsAsClosed)
    .map(parseLeaf)
    .flatMap((leaf) =>
      leaf.kind === "record" && leaf.record === "epoch_closed" ? [leaf.data.epoch] : [],
    );
}

function endsAsClosed(leaf: Uint8Array): boolean {
  const from = leaf.length - END.length;
  return from > 0 && END.every((byte, i) => leaf[from + i] === byte);
}
