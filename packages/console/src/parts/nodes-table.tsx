/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   small screens lay the cells out as a grid, and a browser may forget that they are a table */
import type { ResponseOf, Routes } from "@lucid/api";
import { formatBasisPoints, shareBp } from "../format/numbers.ts";
import { formatLength } from "../format/time.ts";
import type { Calendar, Network } from "../model/epoch-clock.ts";
import type { Node } from "../model/node.ts";
import { countPresence } from "../model/presence.ts";
import { LastBeacon } from "./last-beacon.tsx";
import { PresenceStrip } from "./presence-strip.tsx";
import { Status } from "./status.tsx";
import { Unknown } from "./unknown.tsx";
import { NodeLink } from "./who.tsx";

type Presence = ResponseOf<Routes["getPresence"]>;

type Props = {
  readonly nodes: readonly Node[];
  readonly presence: Presence | null;
  /** Why presence is not known, while it is not. */
  readonly why: string;
  readonly network: Network | null;
  readonly calendar: Calendar | null;
  readonly width: number;
};

/** The heat-map: a row for each node, a column for each slot. */
export const NodesTable = ({ nodes, presence, why, network, calendar, width }: Props) => {
  const rows = new Map(presence?.items.map((item) => [item.node_id, item.slots]));
  return (
    <table role="table" className="heat-map">
      <caption className="hidden">Nodes and the slots in which they were heard</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">Node</th>
          <th role="columnheader">Status</th>
          <th role="columnheader" className="strip-head">
            <Axis width={width} calendar={calendar} />
          </th>
          <th role="columnheader" className="number">
            Uptime
          </th>
          <th role="columnheader" className="number last-beacon">
            Last beacon
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {nodes.map((node) => (
          <tr key={node.node_id} role="row">
            <td role="cell">
              <NodeLink id={node.node_id} />
            </td>
            <td role="cell">
              <Status word={node.status} />
            </td>
            <PresenceCells
              slots={rows.get(node.node_id)}
              presence={presence}
              why={why}
              network={network}
              calendar={calendar}
              width={width}
            />
            <td role="cell" className="number last-beacon">
              <LastBeacon at={node.last_beacon_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Axis = ({ width, calendar }: Pick<Props, "width" | "calendar">) => (
  <span className="axis">
    <span>
      last {width} slots{calendar !== null && `, ${formatLength(calendar.slotMs * width)}`}
    </span>
    <span>now</span>
  </span>
);

type CellProps = Omit<Props, "nodes"> & { readonly slots: string | undefined };

const PresenceCells = ({ slots, presence, why, network, calendar, width }: CellProps) => {
  if (slots === undefined || presence === null || network === null || calendar === null) {
    return (
      <td role="cell" colSpan={2}>
        <Unknown why={presence === null ? why : "this node is not on the page of presence read"} />
      </td>
    );
  }
  const { present, eligible } = countPresence(slots);
  const uptime = shareBp(present, eligible);
  return (
    <>
      <td role="cell" className="strip-cell">
        <PresenceStrip
          slots={slots}
          fromSlot={presence.from_slot}
          width={width}
          lead={Math.max(0, width - slots.length)}
          network={network}
          slotsPerEpoch={calendar.slotsPerEpoch}
        />
      </td>
      <td role="cell" className="number" title={`${present} of ${eligible} slots`}>
        {uptime === null ? (
          <span className="note">none counts</span>
        ) : (
          `${formatBasisPoints(uptime)} %`
        )}
      </td>
    </>
  );
};
