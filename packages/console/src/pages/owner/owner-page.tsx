import { useOperation } from "../../api/service.ts";
import { shortId } from "../../format/ids.ts";
import { Page } from "../../page.tsx";
import { HoldsPanel } from "../../parts/holds-panel.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { UnknownSubject } from "../unknown-subject.tsx";
import { AddressNotice } from "./address-notice.tsx";
import { AddressPanel } from "./address-panel.tsx";
import { BalancePanel } from "./balance-panel.tsx";
import { OwnPanel } from "./own-panel.tsx";
import { OwnerNodesPanel } from "./owner-nodes-panel.tsx";
import { OwnerPayoutsPanel } from "./owner-payouts-panel.tsx";
import { StatementPanel } from "../statement/statement-panel.tsx";

export const OwnerPage = ({ id }: { id: string }) => {
  const owner = useOperation("getOwner", { params: { owner_id: id } });
  return (
    <Page
      title={`Owner ${shortId(id)}`}
      heading={
        <>
          Owner <Identifier id={id} what="owner id" whole />
        </>
      }
    >
      <UnknownSubject error={owner.error} what="owner">
        <AddressNotice change={owner.data?.value.address_change ?? null} />
        <div className="halves">
          <BalancePanel owner={owner} />
          <OwnerNodesPanel ownerId={id} />
        </div>
        {owner.data !== undefined && <OwnPanel owner={owner.data.value} />}
        <AddressPanel ownerId={id} />
        <HoldsPanel ownerId={id} />
        <OwnerPayoutsPanel ownerId={id} />
        <StatementPanel ownerId={id} />
      </UnknownSubject>
    </Page>
  );
};
