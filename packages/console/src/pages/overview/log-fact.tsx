import { Link } from "wouter";
import { formatCount } from "../../format/numbers.ts";
import type { Network } from "../../model/epoch-clock.ts";
import { readLogState } from "../../model/log-state.ts";
import { toneMarks } from "../../model/tone.ts";

/** How long the public log is, and how far behind. */
export const LogFact = ({ log }: Pick<Network, "log">) => {
  const { words, tone } = readLogState(log);
  return (
    <>
      <Link href="/blocks">
        {log.appended_height === null
          ? "no block yet"
          : `${formatCount(log.appended_height + 1)} blocks`}
      </Link>{" "}
      <span className={`status ${tone}`}>
        <span aria-hidden="true">{toneMarks[tone]}</span> {words}
      </span>
    </>
  );
};
