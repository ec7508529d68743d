import type { Body } from "@lucid/protocol";
import type { Evidence } from "../../api/log.ts";
import { findLeaf, type Wanted } from "../../model/find-leaf.ts";
import { LeafPanel } from "./leaf-panel.tsx";
import { LogPanel } from "./log-panel.tsx";

type Props = {
  readonly height: number;
  readonly wanted: Wanted;
  /** Of the ledger entry that must stand there. */
  readonly hash: string | null;
  readonly body: Evidence<Body>;
};

/** The leaf that the address asks for, with its proof; says so when the block does not hold it. */
export const WantedLeaf = ({ height, wanted, hash, body }: Props) => {
  const checked = body.data?.value;
  if (checked?.holds !== true)
    return (
      <LogPanel title="Leaf" query={body} lasting>
        {() => null}
      </LogPanel>
    );
  const index = findLeaf(checked.value, wanted);
  if (index !== null) return <LeafPanel key={index} height={height} index={index} hash={hash} />;
  const asked = "name" in wanted ? wanted.name : `leaf ${wanted.index}`;
  return (
    <section className="panel absent" role="alert">
      <p className="verdict bad">✗ This block does not hold what the link asks for.</p>
      <p>
        Block {height} has no <code className="long">{asked}</code>. Whoever says that it stands
        here is wrong.
      </p>
    </section>
  );
};
