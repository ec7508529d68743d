import type { Body } from "@lucid/protocol";
import type { Evidence } from "../../api/log.ts";
import { plural } from "../../format/numbers.ts";
import { findLeaf, type Wanted } from "../../model/find-leaf.ts";
import { Empty } from "../../parts/empty.tsx";
import { Leaves } from "./leaves.tsx";
import { LogPanel } from "./log-panel.tsx";

type Props = {
  readonly height: number;
  readonly body: Evidence<Body>;
  readonly wanted: Wanted | null;
};

/** The body of a block. */
export const LeavesPanel = ({ height, body, wanted }: Props) => {
  const checked = body.data?.value;
  const title = checked?.holds === true ? plural(checked.value.length, "leaf", "leaves") : "Leaves";
  return (
    <LogPanel title={title} query={body} lasting>
      {(leaves) =>
        leaves.length === 0 ? (
          <Empty title="Nothing was sealed in this slot." />
        ) : (
          <Leaves
            height={height}
            body={leaves}
            chosen={wanted === null ? null : findLeaf(leaves, wanted)}
          />
        )
      }
    </LogPanel>
  );
};
