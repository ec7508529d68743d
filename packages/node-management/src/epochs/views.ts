import { epochOf, firstSlotOf, slotAt, slotStart } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import type { Progress } from "../beacons/index.ts";
import type { Policies } from "../policy/index.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { toIso, toIsoOrNull, toSealed, toUsdt, toUsdtOrNull } from "../shared/view.ts";
import type { EpochDocument, EpochResultDocument } from "./documents.ts";
import { settlesAt } from "./rules.ts";
import { explainResult } from "./why.ts";

export type EpochViewsDeps = {
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forEpoch" | "version">;
};

type EpochState = "open" | EpochDocument["state"];

/** From documents to the API's shapes. */
export const createEpochViews = ({ network, clock, policies }: EpochViewsDeps) => {
  const { genesis } = network;

  const stateOf = (epoch: number, document: EpochDocument | null): EpochState => {
    if (document !== null) return document.state;
    return epoch < epochOf(genesis, slotAt(genesis, clock.now())) ? "closing" : "open";
  };

  return {
    epochToView: (epoch: number, document: EpochDocument | null) => ({
      epoch,
      state: stateOf(epoch, document),
      starts_at: toIso(
        slotStart(genesis, Math.max(firstSlotOf(genesis, epoch), genesis.first_slot)),
      ),
      ends_at: toIso(slotStart(genesis, firstSlotOf(genesis, epoch + 1))),
      settles_at: toIso(settlesAt(genesis, epoch)),
      closed_at: toIsoOrNull(document?.closed_at),
      count: document?.count ?? null,
      root: document?.root ?? null,
      budget_usdt: toUsdtOrNull(document?.budget_micro),
      total_usdt: toUsdtOrNull(document?.total_micro),
      excused_slots: document?.excused_slots ?? null,
      cut_slot: document?.cut_slot ?? null,
      policy_version: document?.policy ?? policies.forEpoch(epoch).version,
      sealed: toSealed(genesis, document?.sealed_slot),
    }),

    /** A result with the epoch it belongs to, which has a picked run. */
    resultToView: (result: EpochResultDocument, epoch: Omit<EpochDocument, "sealed_slot">) => {
      const policy = policies.version(epoch.policy);
      if (policy === null)
        throw new Fault("policy.missing", `policy ${epoch.policy} is not there`, {
          epoch: epoch.epoch,
        });
      const { score, own, reputation, contribution, time } = result;
      return {
        epoch: result.epoch,
        node_id: result.node_id,
        owner_id: result.owner_id,
        eligible: result.eligible,
        present: result.present,
        time,
        time_known: result.time_known,
        credits: result.credits,
        own,
        reputation,
        contribution,
        score,
        valid: result.valid,
        reward_usdt: toUsdt(result.reward_micro),
        policy_version: policy.version,
        weights: {
          time: policy.score.time,
          own: policy.score.own,
          reputation: policy.score.reputation,
          contribution: policy.score.contribution,
        },
        why: explainResult(result, { policy, epoch, minUptime: genesis.min_uptime }),
        sealed: toSealed(genesis, result.sealed_slot),
      };
    },

    /** How the open epoch stands; what cannot be measured yet is null. */
    progressToView: ({ epoch, eligible, present }: Progress) => ({
      epoch,
      eligible,
      present,
      time: eligible === 0 ? null : Math.floor((10_000 * present) / eligible),
      credits: present * policies.forEpoch(epoch).credits.uptime_beacon,
    }),
  };
};
