import { useOperation } from "../../api/service.ts";
import { Panel } from "../../parts/panel.tsx";
import { SignedIn } from "./signed-in.tsx";
import { TokenForm } from "./token-form.tsx";

/** Who looks at this page, and the way in and out for people. */
export const YouPanel = () => {
  const query = useOperation("getSession", {});
  const isSignedIn = (query.data?.value.session ?? null) !== null;
  return (
    <Panel title={isSignedIn ? "Signed in" : "Sign in"} query={query} lasting>
      {({ session }) => (session === null ? <TokenForm /> : <SignedIn session={session} />)}
    </Panel>
  );
};
