import { useOperation } from "../../api/service.ts";
import { CommandsPanel } from "./commands-panel.tsx";
import { ResourcesPanel } from "./resources-panel.tsx";

const readers: readonly string[] = ["operator", "admin", "auditor"];
const askers: readonly string[] = ["operator", "admin"];

/** What concerns whoever looks after nodes: nothing for those who are not signed in. */
export const LookedAfter = ({ nodeId }: { nodeId: string }) => {
  const session = useOperation("getSession", {}).data?.value.session ?? null;
  const roles = session?.principal.roles ?? [];
  const has = (wanted: readonly string[]) => roles.some((role) => wanted.includes(role));
  if (session === null || !has(readers)) return null;
  return (
    <div className="halves">
      <CommandsPanel nodeId={nodeId} csrfToken={session.csrf_token} mayAsk={has(askers)} />
      <ResourcesPanel nodeId={nodeId} />
    </div>
  );
};
