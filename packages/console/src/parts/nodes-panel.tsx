import type { ReactNode } from "react";
import type { ResponseOf, Routes } from "@lucid/api";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Reading } from "../api/reading.ts";
import { useList } from "../api/list.ts";
import { useParameters } from "../api/parameters.ts";
import { useOperation } from "../api/service.ts";
import { calendarOf } from "../model/epoch-clock.ts";
import type { Node } from "../model/node.ts";
import type { NodeStatus } from "../model/tone.ts";
import { Choice } from "./choice.tsx";
import { Empty } from "./empty.tsx";
import { Pager } from "./pager.tsx";
import { Panel } from "./panel.tsx";
import { PresenceLegend } from "./presence-legend.tsx";
import { NodeList } from "./node-list.tsx";
import { NodesTable } from "./nodes-table.tsx";

type Presence = ResponseOf<Routes["getPresence"]>;

type Shown = NodeStatus | "all";
type Props = { readonly rows: number; readonly actions?: ReactNode };

const choices: readonly (readonly [Shown, string])[] = [
  ["all", "all nodes"],
  ["online", "online"],
  ["offline", "offline"],
  ["maintenance", "maintenance"],
  ["pending", "pending"],
  ["suspended", "suspended"],
  ["retired", "retired"],
];

const SLOTS = 60;

/** The nodes of the network with their recent slots, or the nodes of one status with what is known about them. */
export const NodesPanel = ({ rows, actions }: Props) => {
  const [parameters] = useParameters();
  const written = parameters.get("status");
  const status = choices.find(([choice]) => choice === written)?.[0] ?? "all";
  const all = status === "all";
  const filter = all ? {} : { status };
  const { query: nodes, page, onPage, onFilter } = useList("listNodes", { query: filter }, rows);
  // Presence lists the same nodes in the same order as the unfiltered list, so one page of it fits.
  const presence = useOperation(
    "getPresence",
    { query: { page, limit: rows, slots: SLOTS } },
    { enabled: all },
  );
  const choose = (next: Shown) => onFilter({ status: next === "all" ? null : next });
  return (
    <Panel
      title="Nodes by slot"
      query={nodes}
      others={all ? [presence] : []}
      actions={
        <>
          <Choice label="Show nodes that are" choices={choices} value={status} onChange={choose} />
          {actions}
        </>
      }
    >
      {({ items, pagination }) =>
        items.length === 0 ? (
          <NoNodes status={status} />
        ) : (
          <>
            {all ? <HeatMap nodes={items} presence={presence} /> : <NodeList nodes={items} />}
            <footer className="panel-foot">
              {all && <PresenceLegend />}
              <Pager of="nodes" pagination={pagination} onPage={onPage} />
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

const NoNodes = ({ status }: { status: Shown }) =>
  status === "all" ? (
    <Empty title="No nodes yet.">
      On the machine that should join, run <code>lucid node init</code>, then{" "}
      <code>lucid node enrol</code>.
    </Empty>
  ) : (
    <Empty title={`No node is ${status}.`} />
  );
