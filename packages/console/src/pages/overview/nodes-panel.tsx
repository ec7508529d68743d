import { useState } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Reading } from "../../api/reading.ts";
import { useOperation } from "../../api/service.ts";
import { calendarOf } from "../../model/epoch-clock.ts";
import type { NodeStatus } from "../../model/tone.ts";
import { Empty } from "../../parts/empty.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Panel } from "../../parts/panel.tsx";
import { PresenceLegend } from "../../parts/presence-legend.tsx";
import { NodeList } from "./node-list.tsx";
import { NodesTable } from "./nodes-table.tsx";
import { StatusFilter } from "./status-filter.tsx";

type Node = ResponseOf<Routes["getNode"]>;
type Presence = ResponseOf<Routes["getPresence"]>;

const ROWS = 25;
const SLOTS = 60;

/** The nodes of the network with their recent slots, or the nodes of one status with what is known about them. */
export const NodesPanel = () => {
  const [page, setPage] = useState(1);
  const [status, setStatus] = useState<NodeStatus | "all">("all");
  const all = status === "all";
  const filter = all ? {} : { status };
  const nodes = useOperation(
    "listNodes",
    { query: { page, limit: ROWS, ...filter } },
    { paged: true },
  );
  // Presence lists the same nodes in the same order as the unfiltered list, so one page of it fits.
  const presence = useOperation(
    "getPresence",
    { query: { page, limit: ROWS, slots: SLOTS } },
    { enabled: all },
  );
  const choose = (next: NodeStatus | "all") => {
    setStatus(next);
    setPage(1);
  };
  return (
    <Panel
      title="Nodes by slot"
      query={nodes}
      others={all ? [presence] : []}
      actions={<StatusFilter value={status} onChange={choose} />}
    >
      {({ items, pagination }) =>
        items.length === 0 ? (
          <NoNodes status={status} />
        ) : (
          <>
            {all ? <HeatMap nodes={items} presence={presence} /> : <NodeList nodes={items} />}
            <footer className="panel-foot">
              {all && <PresenceLegend />}
              <Pager of="nodes" pagination={pagination} onPage={setPage} />
            </footer>
          </>
        )
      }
    </Panel>
  );
};

type HeatMapProps = {
  readonly nodes: readonly Node[];
  readonly presence: UseQueryResult<Reading<Presence>>;
};

const HeatMap = ({ nodes, presence }: HeatMapProps) => {
  const network = useOperation("getNetwork", {}).data?.value;
  const calendar = network === undefined ? null : calendarOf(network);
  return (
    <NodesTable
      nodes={nodes}
      presence={presence.data?.value ?? null}
      why={presence.error?.message ?? "reading…"}
      network={network ?? null}
      calendar={calendar}
      // The service knows the slots of two epochs, which on a demo network are fewer.
      width={Math.min(SLOTS, 2 * (calendar?.slotsPerEpoch ?? SLOTS))}
    />
  );
};

const NoNodes = ({ status }: { status: NodeStatus | "all" }) =>
  status === "all" ? (
    <Empty title="No nodes yet.">
      On the machine that should join, run <code>lucid node init</code>, then{" "}
      <code>lucid node enrol</code>.
    </Empty>
  ) : (
    <Empty title={`No node is ${status}.`} />
  );
