import { useOperation } from "../../api/service.ts";
import { Page } from "../../page.tsx";
import { UnknownSubject } from "../unknown-subject.tsx";
import { MembersPanel } from "./members-panel.tsx";
import { PoolPanel } from "./pool-panel.tsx";

export const PoolPage = ({ id }: { id: string }) => {
  const pool = useOperation("getPool", { params: { pool_id: id } });
  const name = pool.data?.value.name ?? id;
  return (
    <Page title={`Pool ${name}`}>
      <UnknownSubject error={pool.error} what="pool">
        <PoolPanel pool={pool} />
        <MembersPanel poolId={id} />
      </UnknownSubject>
    </Page>
  );
};
