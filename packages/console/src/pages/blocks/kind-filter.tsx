import { formatCount } from "../../format/numbers.ts";
import { kindWords } from "../../model/leaves.ts";

type Props = {
  readonly kinds: readonly (readonly [kind: string, count: number])[];
  readonly total: number;
  /** null: all of them */
  readonly kind: string | null;
  readonly onKind: (kind: string | null) => void;
};

/** Which leaves to show; how many there are of each kind. */
export const KindFilter = ({ kinds, total, kind, onKind }: Props) => (
  <fieldset className="kinds">
    <legend className="hidden">Kinds of leaves</legend>
    {[[null, total] as const, ...kinds].map(([name, count]) => (
      <button key={name} type="button" aria-pressed={name === kind} onClick={() => onKind(name)}>
        {name === null ? "all" : kindWords(name)} <span className="note">{formatCount(count)}</span>
      </button>
    ))}
  </fieldset>
);
