import { useSession } from "../../api/session.ts";
import { mayCall } from "../../model/may-call.ts";
import { Page } from "../../page.tsx";
import { YouPanel } from "../session/you-panel.tsx";
import { Trail } from "./trail.tsx";

/** Who changed what, for those who may know: it asks who looks first. */
export const AuditPage = () => {
  const session = useSession();
  const mayRead = mayCall(session?.principal, "listAudit");
  return (
    <Page title="Audit">
      <YouPanel />
      {mayRead && <Trail />}
      {session !== null && !mayRead && (
        <p className="note">The audit trail is shown to admins and auditors.</p>
      )}
    </Page>
  );
};
