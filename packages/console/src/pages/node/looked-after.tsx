import type { UseQueryResult } from "@tanstack/react-query";
import type { OperationId } from "@lucid/api";
import type { Reading } from "../../api/reading.ts";
import { useSession } from "../../api/session.ts";
import { mayCall } from "../../model/may-call.ts";
import type { Node } from "../../model/node.ts";
import { CommandsPanel } from "./commands-panel.tsx";
import { ResourcesPanel } from "./resources-panel.tsx";
import { StandingPanel } from "./standing-panel.tsx";

/** What concerns whoever looks after this node; nothing for all others. */
export const LookedAfter = ({ node }: { node: UseQueryResult<Reading<Node>> }) => {
  const session = useSession();
  if (session === null || node.data === undefined) return null;
  const { node_id: nodeId, owner_id } = node.data.value;
  const may = (operation: OperationId) => mayCall(session.principal, operation, [nodeId, owner_id]);
  return (
    <>
      {may("changeStanding") && <StandingPanel node={node} session={session} />}
      <div className="halves">
        {may("listCommands") && (
          <CommandsPanel nodeId={nodeId} session={may("restartNode") ? session : null} />
        )}
        {may("getResources") && <ResourcesPanel nodeId={nodeId} />}
      </div>
    </>
  );
};
