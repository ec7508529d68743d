import type { ResponseOf, Routes } from "@lucid/api";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Reading } from "../../api/reading.ts";
import { useOperation } from "../../api/service.ts";
import { formatCount } from "../../format/numbers.ts";
import { placementWords, rewardWords } from "../../model/pools.ts";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Status } from "../../parts/status.tsx";

type Pool = ResponseOf<Routes["getPool"]>;

/** What a pool is, and how it does. */
export const PoolPanel = ({ pool }: { pool: UseQueryResult<Reading<Pool>> }) => {
  const poolId = pool.data?.value.pool_id ?? "";
  const health = useOperation(
    "getPoolHealth",
    { params: { pool_id: poolId } },
    { enabled: poolId !== "" },
  );
  return (
    <Panel title="Health" query={pool} others={[health]}>
      {({ pool_id, status, members, max_nodes, reward_method, placement }) => (
        <Facts
          facts={[
            { name: "Status", value: <Status word={status} /> },
            { name: "Why", value: health.data?.value.why ?? <span className="note">unknown</span> },
            {
              name: "Seats",
              value: `${formatCount(members)} of ${formatCount(max_nodes)} taken`,
            },
            { name: "Members are paid", value: rewardWords[reward_method] },
            { name: "Counts as full", value: placementWords[placement] },
            { name: "Id", value: <Identifier id={pool_id} what="pool id" whole /> },
          ]}
        />
      )}
    </Panel>
  );
};
