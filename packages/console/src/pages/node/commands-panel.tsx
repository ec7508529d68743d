import type { ResponseOf, Routes } from "@lucid/api";
import { askNode, nodeActions } from "../../api/ask-node.ts";
import { useAttempt } from "../../api/attempt.ts";
import { useList } from "../../api/list.ts";
import type { Session } from "../../api/session.ts";
import { formatMoment } from "../../format/time.ts";
import { Moment } from "../../parts/age.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ListPanel } from "../../parts/list-panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Command = ResponseOf<Routes["listCommands"]>["items"][number];

const columns: readonly Column<Command>[] = [
  { label: "State", cell: ({ state }) => <Status word={state} /> },
  { label: "Command", cell: ({ action }) => action },
  { label: "Asked", cell: ({ queued_at }) => <Moment at={queued_at} /> },
  { label: "What became of it", kind: "wide", cell: (command) => describe(command) },
];

const describe = ({ state, outcome, done_at, delivered_at, expires_at }: Command): string => {
  const moment = (iso: string | null) => (iso === null ? "" : formatMoment(Date.parse(iso)));
  if (state === "done" && outcome === "skipped") return "A later command had been run before it.";
  if (state === "done") return `The node said so at ${moment(done_at)}.`;
  if (state === "expired") return `The node did not say in time, until ${moment(expires_at)}.`;
  if (state === "queued") return "It goes with the reply to the node's next beacon.";
  return `The node was given it at ${moment(delivered_at)}.`;
};

type Props = {
  readonly nodeId: string;
  /** Of whoever may ask something of the node. */
  readonly session: Session | null;
};

/** What was asked of the node, for those who may know; and the buttons, for those who may ask. */
export const CommandsPanel = ({ nodeId, session }: Props) => (
  <ListPanel
    title="Commands"
    list={useList("listCommands", { params: { node_id: nodeId } }, 10)}
    of="commands"
    lead={session !== null && <Ask nodeId={nodeId} session={session} />}
    empty={<Empty title="Nothing was asked of this node." />}
  >
    {(commands) => (
      <Table
        caption="Commands, newest first"
        columns={columns}
        rows={commands}
        rowKey={({ id }) => id}
      />
    )}
  </ListPanel>
);

const Ask = ({ nodeId, session }: { nodeId: string; session: Session }) => {
  const { refused, isBusy, attempt } = useAttempt();
  return (
    <>
      <p className="row">
        {nodeActions.map((action) => (
          <button
            key={action}
            type="button"
            disabled={isBusy}
            aria-describedby="what-commands-do"
            onClick={() => attempt(() => askNode(session, nodeId, action))}
          >
            {action}
          </button>
        ))}
        <Refused why={refused} />
      </p>
      <p id="what-commands-do" className="note">
        A stopped node sends no beacons until it is started: it earns nothing, and these slots count
        against it.
      </p>
    </>
  );
};
