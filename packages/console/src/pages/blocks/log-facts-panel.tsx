import type { LogFacts } from "../../api/log-questions.ts";
import { type Evidence, logAddress } from "../../api/log.ts";
import type { SinceSeen } from "../../api/seen-checkpoint.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { LogPanel } from "./log-panel.tsx";

/** The log as a whole, and what this browser has checked of it. */
export const LogFactsPanel = ({ facts }: { facts: Evidence<LogFacts> }) => (
  <LogPanel title="The log" query={facts}>
    {(read) => <FactsOf {...read} />}
  </LogPanel>
);

const FactsOf = ({ size, root, origin, networkId, since }: LogFacts) => (
  <>
    <Facts
      facts={[
        { name: "Blocks", value: formatCount(size) },
        { name: "Name", value: <code className="long">{origin}</code> },
        {
          name: "Root",
          value: <Identifier id={root} what="root of the log" />,
        },
        { name: "Network id", value: <Identifier id={networkId} what="network id" /> },
        { name: "Seen before", value: <SeenBefore since={since} /> },
      ]}
    />
    <p className="note">
      This browser checks that the log key signed the root, that the blocks below stand under it,
      that the network key signed them, and that each names the one before. Check everything from
      your own machine: <code>lucid verify {logAddress}</code>
    </p>
  </>
);

const SeenBefore = ({ since }: { since: SinceSeen }) => {
  if (since.kind === "first") return "not by this browser; it remembers from now on";
  if (since.kind === "extends")
    return `${plural(since.size, "block")}; what it shows now goes on from there`;
  return (
    <span className="stale">
      {plural(since.size, "block")}: it shows fewer now. If that stays, blocks were taken away.
    </span>
  );
};
