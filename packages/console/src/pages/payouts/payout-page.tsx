import { useOperation } from "../../api/service.ts";
import { shortId } from "../../format/ids.ts";
import { Page } from "../../page.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { UnknownSubject } from "../unknown-subject.tsx";
import { ChangesPanel } from "./changes-panel.tsx";
import { PayoutPanel } from "./payout-panel.tsx";

export const PayoutPage = ({ id }: { id: string }) => {
  const payout = useOperation("getPayout", { params: { payout_id: id } });
  return (
    <Page
      title={`Payout ${shortId(id)}`}
      heading={
        <>
          Payout <Identifier id={id} what="payout id" whole />
        </>
      }
    >
      <UnknownSubject error={payout.error} what="payout">
        <PayoutPanel payout={payout} />
        <ChangesPanel payout={payout} />
      </UnknownSubject>
    </Page>
  );
};
