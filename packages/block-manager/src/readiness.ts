import { type ChoreStatus, choresReadiness } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Http, Readiness } from "@lucid/platform/http";
import type { BlockNetwork } from "@lucid/protocol";
import { lagOf } from "./lag.ts";
import type { Store } from "./store/index.ts";

export type ReadinessDeps = {
  readonly http: Pick<Http, "ready">;
  readonly network: BlockNetwork;
  readonly clock: Clock;
  readonly store: Pick<Store, "head">;
  readonly disk: () => Readiness;
  readonly peers: () => Readiness;
  readonly files: () => Readiness;
  readonly chores: () => readonly ChoreStatus[];
};

/** Slots that may be under way, and as many as fit into the time that a sender may take to try again. */
const slotsTolerated = 3;
const toleratedMs = 30_000;

export const registerReadiness = (deps: ReadinessDeps): void => {
  const { http, network, clock, store, disk, peers, files, chores } = deps;
  http.ready("append", () => readLag(network, store.head(), clock.now()));
  http.ready("disk", disk);
  http.ready("peers", peers);
  http.ready("files", files);
  http.ready("chores", () => choresReadiness(chores(), clock.now()));
};

const readLag = (
  network: BlockNetwork,
  { size, latest }: ReturnType<Store["head"]>,
  nowMs: number,
): Readiness => {
  const tolerated = slotsTolerated + Math.ceil(toleratedMs / network.genesis.slot_ms);
  const lag = lagOf(network, latest?.header ?? null, nowMs);
  const ends = latest === null ? "no block yet" : `${size} blocks, to slot ${latest.header.slot}`;
  return { ok: lag <= tolerated, detail: `${ends}; ${lag} slots behind the clock` };
};
