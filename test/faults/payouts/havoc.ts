import { SOLID_AFTER } from "../../../packages/node-management/src/testing/payer-world.ts";
import type { Doom } from "./doomed.ts";
import { CHAIN_HARMS, type Harm, isChainHarm, type TokenHarm } from "./harms.ts";
import { attribute } from "./people.ts";
import type { Step } from "./schedule.ts";
import type { Scene } from "./stage.ts";

const HOUR_MS = 3_600_000;
const STRAY_MICRO = 7_000_000n;

export type Havoc = {
  /** What a step does to the world around the payer. */
  readonly happen: (step: Step, doom: Pick<Doom, "die">) => Promise<void>;
  /** Puts the store back if a step wanted that; the payer is dead. */
  rewind(): Promise<void>;
  /** Chain, token and clocks are as they should be again, and what was sent is solidified. */
  repair(): Promise<void>;
};

/** @param firstWrite how many writes the store had when the payer began */
export const createHavoc = (scene: Scene, { firstWrite }: { firstWrite: number }): Havoc => {
  const { world, store, signer } = scene;
  const { devnet, services, wallet } = world;
  let rewindTo: number | null = null;

  const turnToken = (harm: TokenHarm) => {
    if (harm === "paused" || harm === "deprecated") devnet.setToken({ [harm]: true });
    else devnet.setToken(harm === "fee_on" ? { basisPointsRate: 10 } : { blacklist: [wallet] });
  };

  const decideAll = async (act: "approve" | "cancel") => {
    const { payouts } = world.start();
    for (const { id: payoutId } of (await payouts.list({ limit: 100 })).items)
      await payouts.decide({ payoutId, act, by: "carl", reason: "meanwhile" });
  };

  const others: { readonly [harm: string]: () => Promise<void> } = {
    we_hour_ahead: async () => {
      services.clock.set(services.clock.now() + HOUR_MS);
      devnet.fault({ kind: "clock_skew", ms: -HOUR_MS });
    },
    rival: () => world.start({ endpoints: scene.stage.endpoints, signer: signer.of(world) }).run(),
    other_ledger: async () => {
      await world.move("wallet", world.stranger, STRAY_MICRO);
    },
    clone: async () => {
      await using clone = await scene.cloned();
      const { endpoints } = scene.stage;
      const process = clone.world.start({ endpoints, signer: signer.of(clone.world) });
      await process.run(1000);
      await world.mine(SOLID_AFTER + 1);
      await process.run(1000);
    },
    signer_dies_before_line: async () => signer.doom("before_line"),
    signer_dies_after_line: async () => signer.doom("after_line"),
    journal_restored: async () => signer.restore({ isWhole: false }),
    signer_restored: async () => signer.restore({ isWhole: true }),
    people_approve: () => decideAll("approve"),
    people_cancel: () => decideAll("cancel"),
    people_hold: async () => {
      for (const { ownerId } of scene.stage.earners)
        await world.start().holds.put({ ownerId, reasonCode: "identity", ...WHO });
    },
    people_record: async () => {
      const process = world.start({ endpoints: scene.stage.endpoints });
      await process.treasury.gate();
      await attribute(process);
    },
    people_pause: async () => {
      await world.start().payouts.turn({ isPaused: true, reason: "wait", by: "ann" });
    },
  };

  return {
    happen: async ({ harm, arg = 0 }, { die }) => {
      if (isChainHarm(harm)) devnet.fault(CHAIN_HARMS[harm]);
      else if (isTokenHarm(harm)) turnToken(harm);
      else if (harm === "restored" || harm === "emptied") {
        rewindTo = harm === "emptied" ? 0 : firstWrite + arg;
        die();
      } else await others[harm]?.().catch(() => null);
    },
    rewind: async () => {
      if (rewindTo !== null) await store.rewind(Math.min(rewindTo, store.writes));
      rewindTo = null;
    },
    repair: async () => {
      devnet.clearFaults();
      services.clock.set(devnet.head().timestampMs);
      devnet.setToken({ paused: false, deprecated: false, basisPointsRate: 0, blacklist: [] });
      const { holds } = world.start();
      for (const { id: holdId } of (await holds.list({ limit: 100 }, { state: "active" })).items)
        await holds.release({ holdId, ...WHO });
      await world.mine(SOLID_AFTER + 1);
    },
  };
};

const WHO = { by: "carl", reason: "we ask who it is" };

const isTokenHarm = (harm: Harm): harm is TokenHarm =>
  harm === "paused" || harm === "deprecated" || harm === "fee_on" || harm === "blacklisted";
