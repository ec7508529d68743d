import type { Attested, Checked } from "./tally.ts";

/** The first thing that does not follow: where (null when it is no place in a body), a stable code, a sentence. */
export type Mismatch = { height: number | null; leaf: number | null; code: string; detail: string };

/** The answer to whether a log's books follow from its evidence, in three classes. */
export type Report = {
  /** whether everything that can be recomputed came out as the log says */
  follows: boolean;
  /** of the last block of the log; null when it has none or could not be opened */
  height: number | null;
  /** recomputed, up to the first mismatch */
  checked: Partial<Record<Checked, number>>;
  /** what rests on the operator's word */
  attested: Partial<Record<Attested, number>>;
  /** sentences */
  not_checkable: string[];
  first_mismatch: Mismatch | null;
  seconds: number;
};
