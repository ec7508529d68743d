import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { mayCall } from "../../model/may-call.ts";
import { Panel } from "../../parts/panel.tsx";
import { SignedIn } from "../session/signed-in.tsx";
import { ThresholdForm } from "./threshold-form.tsx";
import { WalletSignIn } from "./wallet-sign-in.tsx";

/** What an owner does itself; nothing for somebody else who is signed in. */
export const OwnPanel = ({ owner }: { owner: ResponseOf<Routes["getOwner"]> }) => {
  const query = useOperation("getSession", {});
  const principal = query.data?.value.session?.principal;
  const isTheirs = mayCall(principal, "setOwnerThreshold", [owner.owner_id]);
  if (principal !== undefined && !isTheirs) return null;
  return (
    <Panel title="For this owner" query={query} lasting>
      {({ session }) =>
        session === null ? (
          <WalletSignIn address={owner.address} />
        ) : (
          <>
            <ThresholdForm session={session} owner={owner} />
            <SignedIn session={session} />
          </>
        )
      }
    </Panel>
  );
};
