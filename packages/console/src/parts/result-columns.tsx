import { nameOfResult } from "../format/leaf-links.ts";
import { formatBasisPoints } from "../format/numbers.ts";
import type { Result } from "../model/score.ts";
import { Money } from "./money.tsx";
import { SealedLink } from "./sealed-link.tsx";
import type { Column } from "./table.tsx";

/** What a settled epoch says about one node. */
export const resultColumns: readonly Column<Result>[] = [
  {
    label: "Heard",
    kind: "number",
    cell: ({ present, eligible }) => `${present} of ${eligible}`,
  },
  {
    label: "Score",
    kind: "number",
    cell: ({ score, valid }) => (
      <>
        {!valid && <span className="note">not valid </span>}
        {formatBasisPoints(score)}
      </>
    ),
  },
  { label: "Reward USDT", kind: "number", cell: ({ reward_usdt }) => <Money usdt={reward_usdt} /> },
  {
    label: "Proof",
    kind: "number",
    cell: ({ sealed, epoch, node_id }) => (
      <SealedLink sealed={sealed} name={nameOfResult(epoch, node_id)} />
    ),
  },
];
