import type { ResponseOf, Routes } from "@lucid/api";
import { useState } from "react";
import { askNode, type NodeAction, nodeActions } from "../../api/ask-node.ts";
import { useOperation } from "../../api/service.ts";
import { formatMoment } from "../../format/time.ts";
import { Empty } from "../../parts/empty.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Status } from "../../parts/status.tsx";
import { Table, type Column } from "../../parts/table.tsx";

type Command = ResponseOf<Routes["listCommands"]>["items"][number];

const columns: readonly Column<Command>[] = [
  { label: "State", cell: ({ state }) => <Status word={state} /> },
  { label: "Command", cell: ({ action }) => action },
  { label: "Asked", cell: ({ queued_at }) => formatMoment(Date.parse(queued_at)) },
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
  readonly csrfToken: string | null;
  readonly mayAsk: boolean;
};

/** What was asked of the node, for those who may know; and the buttons, for those who may ask. */
export const CommandsPanel = ({ nodeId, csrfToken, mayAsk }: Props) => {
  const request = { params: { node_id: nodeId }, query: { limit: 10 } };
  return (
    <Panel title="Commands" query={useOperation("listCommands", request)}>
      {({ items }) => (
        <>
          {mayAsk && <Ask nodeId={nodeId} csrfToken={csrfToken} />}
          {items.length === 0 ? (
            <Empty title="Nothing was asked of this node." />
          ) : (
            <Table
              caption="Commands, newest first"
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
            />
          )}
        </>
      )}
    </Panel>
  );
};

const Ask = ({ nodeId, csrfToken }: Omit<Props, "mayAsk">) => {
  const [refused, setRefused] = useState("");
  const ask = (action: NodeAction) => {
    setRefused("");
    askNode(nodeId, action, csrfToken).catch((error: unknown) => {
      setRefused(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <p className="signed-in">
      {nodeActions.map((action) => (
        <button key={action} type="button" onClick={() => ask(action)}>
          {action}
        </button>
      ))}
      <output className={refused === "" ? "hidden" : "sign-in-refused"}>{refused}</output>
    </p>
  );
};
