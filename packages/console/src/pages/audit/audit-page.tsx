import { useOperation } from "../../api/service.ts";
import { Page } from "../../page.tsx";
import { Panel } from "../../parts/panel.tsx";
import { SignedIn, SignIn } from "./sign-in.tsx";
import { Trail } from "./trail.tsx";

const readers: readonly string[] = ["admin", "auditor"];

/** Who changed what, for those who may know: it asks who looks first. */
export const AuditPage = () => {
  const query = useOperation("getSession", {});
  const roles = query.data?.value.session?.principal.roles ?? [];
  return (
    <Page title="Audit">
      <Panel title="You" query={query} lasting>
        {({ session }) => (session === null ? <SignIn /> : <SignedIn session={session} />)}
      </Panel>
      {roles.some((role) => readers.includes(role)) && <Trail />}
    </Page>
  );
};
