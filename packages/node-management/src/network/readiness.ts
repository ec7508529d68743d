import { type ChoreStatus, choresReadiness } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Http, Readiness } from "@lucid/platform/http";
import { epochOf, slotAt } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import { toIso } from "../shared/view.ts";
import { isClockPlausible } from "./checks.ts";
import type { PayView } from "./pay-view.ts";

export type ReadinessDeps = {
  readonly http: Pick<Http, "ready">;
  readonly documents: Pick<Documents, "check">;
  readonly network: Network;
  readonly clock: Clock;
  readonly chores: () => readonly ChoreStatus[];
  readonly hearing: () => { readonly hearing: boolean; readonly detail: string };
  readonly sealing: () => Readiness;
  readonly publicLog: () => Readiness;
  readonly payView: () => PayView;
  /** One sentence about what signs; null where nothing does. */
  readonly signer: (() => Promise<string>) | null;
};

export const registerReadiness = (deps: ReadinessDeps): void => {
  const { http, documents, network, clock, chores, hearing, sealing, publicLog, payView, signer } =
    deps;
  http.ready("store", () => documents.check());
  http.ready("clock", () => readClock(network, clock.now()));
  http.ready("hearing", () => {
    const { hearing: ok, detail } = hearing();
    return { ok, detail };
  });
  http.ready("sealing", sealing);
  http.ready("log", publicLog);
  http.ready("chores", () => choresReadiness(chores(), clock.now()));
  // Information only: a network that cannot pay right now still has to hear its nodes.
  http.ready("payouts", () => {
    const { state, reason } = payView();
    return { ok: true, detail: reason === null ? state : `${state}: ${reason}` };
  });
  if (signer !== null) http.ready("signer", async () => ({ ok: true, detail: await signer() }));
};

const readClock = (network: Network, nowMs: number): Readiness => {
  const slot = slotAt(network.genesis, nowMs);
  return {
    ok: isClockPlausible(network, nowMs),
    detail: `${toIso(nowMs)}, slot ${slot}, epoch ${epochOf(network.genesis, slot)}`,
  };
};
