import type { Chores } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import { createAccessRetentionChore, createRevocationsChore } from "./access/index.ts";
import { createAuditChore } from "./audit/index.ts";
import { collections } from "./collections.ts";
import { createSettlementChore } from "./epochs/index.ts";
import { createFiguresChore, createOutlookChore, createSlotChore } from "./network/index.ts";
import { createPayoutsChore } from "./payouts/index.ts";
import { createAppendChore, createClearingChore, createSealingChore } from "./sealing/index.ts";
import { createPoolsChore } from "./pools/index.ts";
import { createAlertsChore, createResourcesChore } from "./resources/index.ts";
import { createRetentionChore } from "./retention.ts";
import type { Services } from "./services.ts";
import type { Network } from "./shared/network.ts";
import { createWake } from "./shared/wake.ts";
import { createReconciliationChore } from "./treasury/index.ts";

export type ChoresDeps = {
  readonly chores: Pick<Chores, "define" | "runNow">;
  readonly network: Network;
  readonly documents: Pick<Documents, "collection">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly services: Services;
};

/** All background work; hearing keeps its own, tighter beat. */
export const defineChores = ({
  chores,
  network,
  documents,
  clock,
  log,
  metrics,
  services,
}: ChoresDeps): void => {
  const { events, epochs, payouts, treasury, pace, nodeCounts, beacons, sealing, policies } =
    services;
  const wake = createWake({ chores, log });
  const forLog = {
    sealing,
    network,
    clock,
    policies,
    isClosed: async (epoch: number) => (await epochs.document(epoch))?.state === "closed",
    onSealed: () => {
      wake("append");
      wake("settlement");
    },
  };
  chores.define(createSealingChore(forLog));
  chores.define(createAppendChore(forLog));
  chores.define(createClearingChore(forLog));
  chores.define(createSlotChore({ network, clock, events }));
  chores.define(createRevocationsChore(services.revocations));
  chores.define(createAccessRetentionChore({ documents, clock }));
  chores.define(createRetentionChore({ ...forLog, documents, definitions: collections }));
  chores.define(createAuditChore({ auditRoots: services.auditRoots, network }));
  chores.define(createResourcesChore(services.resources));
  chores.define(createAlertsChore({ ...services, metrics }));
  chores.define(createPoolsChore({ ...services, metrics }));
  chores.define(createSettlementChore({ epochs, network }));
  chores.define(createOutlookChore({ metrics, network, epochs, payouts }));
  if (payouts.state().state !== "not_configured") {
    chores.define(createPayoutsChore({ payouts, followMs: pace.followMs }));
    chores.define(createReconciliationChore({ treasury, log }));
  }
  chores.define(
    createFiguresChore({
      metrics,
      network,
      clock,
      nodeCounts,
      verdicts: beacons.verdicts,
      isHearing: () => beacons.hearing.state().hearing,
    }),
  );
};
