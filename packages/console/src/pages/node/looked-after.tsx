import { useSession } from "../../api/session.ts";
import { mayCall } from "../../model/may-call.ts";
import { CommandsPanel } from "./commands-panel.tsx";
import { ResourcesPanel } from "./resources-panel.tsx";

type Props = { readonly nodeId: string; readonly ownerId: string };

/** What concerns whoever looks after this node; nothing for all others. */
export const LookedAfter = ({ nodeId, ownerId }: Props) => {
  const session = useSession();
  const may = (operation: "listCommands" | "getResources" | "restartNode") =>
    mayCall(session?.principal, operation, [nodeId, ownerId]);
  if (session === null) return null;
  return (
    <div className="halves">
      {may("listCommands") && (
        <CommandsPanel nodeId={nodeId} session={may("restartNode") ? session : null} />
      )}
      {may("getResources") && <ResourcesPanel nodeId={nodeId} />}
    </div>
  );
};
