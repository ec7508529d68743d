import { bodyOfEpochs, createEpochLeaves, epochsOfHeight, ProtocolError } from "@lucid/protocol";
import type { BlockNetwork, Body, EpochLeaves } from "@lucid/protocol";
import type { Source } from "../source.ts";
import { compactPath, compactPlace, decodeCompactFile } from "./compact-file.ts";
import { LogError } from "./log-error.ts";
import type { LogPlace } from "./log-error.ts";

const MAX_EPOCH_BYTES = 512 * 2 ** 20;
const EPOCHS_KEPT = 2; // commitments for the next epoch stand in the last slots of this one

/** Bodies rebuilt from compacted epochs; they prove nothing until they are compared with their headers. */
export type CompactedBodies = {
  /** Whether all epochs for the body at a height are at hand. */
  isOpen(height: number): boolean;
  /** The body at a height; null when an epoch that it needs is not compacted. Throws `compact`. */
  body(height: number): Promise<Body | null>;
};

export function createCompactedBodies(source: Source, network: BlockNetwork): CompactedBodies {
  const { genesis } = network;
  const opened = new Map<number, EpochLeaves>();

  const open = async (epoch: number, height: number): Promise<EpochLeaves | null> => {
    const known = opened.get(epoch);
    if (known !== undefined) return known;
    const path = compactPath(epoch);
    const bytes = await source.read(path, { maxBytes: MAX_EPOCH_BYTES });
    if (bytes === null) return null;
    const compacted = orFault({ height, path }, () => decodeCompactFile(genesis, epoch, bytes));
    const leaves = createEpochLeaves(network, compacted);
    opened.set(epoch, leaves);
    for (const oldest of opened.keys()) if (opened.size > EPOCHS_KEPT) opened.delete(oldest);
    return leaves;
  };

  return {
    isOpen: (height) => epochsOfHeight(genesis, height).every((epoch) => opened.has(epoch)),
    async body(height) {
      const epochs: EpochLeaves[] = [];
      for (const epoch of epochsOfHeight(genesis, height)) {
        const leaves = await open(epoch, height);
        if (leaves === null) return null;
        epochs.push(leaves);
      }
      return orFault({ height, ...compactPlace(genesis, height) }, () =>
        bodyOfEpochs(network, epochs, height),
      );
    },
  };
}

function orFault<Answer>(place: LogPlace, read: () => Answer): Answer {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new LogError("compact", place, error.message, { cause: error });
  }
}
