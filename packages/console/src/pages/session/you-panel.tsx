import { useOperation } from "../../api/service.ts";
import { Panel } from "../../parts/panel.tsx";
import { SignedIn } from "./signed-in.tsx";
import { TokenForm } from "./token-form.tsx";

/** Who looks at this page, and the way in and out for people. */
export const YouPanel = () => (
  <Panel title="You" query={useOperation("getSession", {})} lasting>
    {({ session }) => (session === null ? <TokenForm /> : <SignedIn session={session} />)}
  </Panel>
);
