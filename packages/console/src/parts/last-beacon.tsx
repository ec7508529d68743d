import { Since } from "./age.tsx";

/** When a node was heard last; the service knows this epoch and the one before. */
export const LastBeacon = ({ at }: { at: string | null }) =>
  at === null ? (
    <span className="note" title="no beacon in this epoch or the last">
      not lately
    </span>
  ) : (
    <Since at={at} />
  );
