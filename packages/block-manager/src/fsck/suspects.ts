import { epochsOfHeight } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import { compactPath } from "../store/index.ts";
import type { Findings } from "./findings.ts";

/** Compacted epochs that did not give a body back. */
export type Suspects = {
  /** The body at a height does not follow from the epochs that it needs. */
  accuse(height: number, detail: string): void;
  /** Names the epochs at fault: both of a height where two meet, unless one of them is at fault elsewhere too. */
  settle(findings: Findings): void;
};

export function createSuspects(genesis: Genesis): Suspects {
  const accusations: { epochs: readonly number[]; detail: string }[] = [];
  return {
    accuse: (height, detail) => {
      accusations.push({ epochs: epochsOfHeight(genesis, height), detail });
    },
    settle: (findings) => {
      const sorted = accusations.toSorted((a, b) => a.epochs.length - b.epochs.length);
      for (const { epochs, detail } of sorted) {
        const paths = epochs.map(compactPath);
        if (paths.some((path) => findings.has(path))) continue;
        for (const path of paths) findings.add(path, "damaged", detail);
      }
    },
  };
}
