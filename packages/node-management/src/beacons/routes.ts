import { type ErrorCode, routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Connection, type Http } from "@lucid/platform/http";
import {
  acceptanceWindow,
  type BeaconVerdict,
  epochOf,
  firstSlotOf,
  type SignedCheckpoint,
  slotAt,
} from "@lucid/protocol";
import type { Commands } from "../commands/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { pageOfList, pageToView } from "../shared/page.ts";
import { toIso } from "../shared/view.ts";
import type { Beacons } from "./contract.ts";
import { explainVerdict } from "./explain.ts";
import type { SeenJudge } from "./seen.ts";

export type BeaconRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly beacons: Pick<Beacons, "accept" | "commit" | "marks"> & {
    readonly isNewCheckpoint: SeenJudge;
  };
  /** The log that everybody can read, as far as this process knows it; all from memory. */
  readonly sealing: {
    checkpoint(): SignedCheckpoint | null;
    seen(): SignedCheckpoint | null;
    noteSeen(checkpoint: SignedCheckpoint): void;
  };
  readonly commands: Pick<Commands, "waitsFor" | "deliver">;
  readonly registry: Pick<Registry, "node" | "nodes">;
  readonly network: Network;
  readonly clock: Clock;
};

type Refused = Exclude<BeaconVerdict, "accepted" | "duplicate">;

const codes: Record<Refused, ErrorCode> = {
  stale: "beacons.stale",
  late: "beacons.late",
  early: "beacons.early",
  no_commitment: "beacons.no_commitment",
  wrong_reveal: "beacons.wrong_reveal",
  gap_unsigned: "beacons.gap_unsigned",
  unknown_node: "nodes.unknown",
  not_active: "nodes.not_active",
  limited: "limits.exceeded",
};

const defaultSlots = 60;

export const registerBeaconRoutes = (deps: BeaconRoutesDeps): void => {
  const { http, beacons, sealing, commands, registry, network, clock } = deps;
  const { genesis } = network;

  http.route(routes.sendBeacon, async ({ body, connection }) => {
    const { verdict, otherBoot } = await beacons.accept(body, connection);
    if (verdict !== "accepted" && verdict !== "duplicate") return refusal(verdict, body.slot);
    if (verdict === "accepted" && body.seen !== undefined) hearOf(body.seen, connection);
    return {
      verdict,
      slot: body.slot,
      server_time_ms: clock.now(),
      other_boot: otherBoot,
      checkpoint: sealing.checkpoint(),
      ...(commands.waitsFor(body.node_id) && { commands: await commands.deliver(body.node_id) }),
    };
  });

  /** Only from nodes that proved to be alive in this slot: strangers cannot make us check anything. */
  const hearOf = (seen: SignedCheckpoint, connection: Connection): void => {
    const knownSize = Math.max(sealing.checkpoint()?.size ?? 0, sealing.seen()?.size ?? 0);
    if (beacons.isNewCheckpoint(seen, knownSize, connection)) sealing.noteSeen(seen);
  };

  const refusal = (verdict: Refused, slot: number): ApiProblem =>
    new ApiProblem(codes[verdict], explainVerdict(verdict, windowText(slot)), {
      extensions: { server_time_ms: clock.now() },
      ...(verdict === "limited" && closing),
    });

  const windowText = (slot: number): string => {
    const { fromMs, untilMs } = acceptanceWindow(genesis, slot);
    return `slot ${slot} is accepted from ${toIso(fromMs)} until ${toIso(untilMs)}, and here it is ${toIso(clock.now())}`;
  };

  http.route(routes.commitBeacons, async ({ body, connection, reply }) => {
    const verdict = await beacons.commit(body, connection);
    if (verdict.outcome === "refused")
      return new ApiProblem(
        verdict.code,
        verdict.detail,
        verdict.code === "limits.exceeded" ? closing : {},
      );
    const { node_id, epoch, anchor } = body;
    const view = { node_id, epoch, anchor, server_time: toIso(clock.now()) };
    return reply(verdict.outcome === "stored" ? 201 : 200, view);
  });

  http.route(routes.getPresence, ({ query: { slots = defaultSlots, node_id, ...request } }) => {
    const now = clock.now();
    const to = slotAt(genesis, now) + 1;
    const oldest = firstSlotOf(genesis, epochOf(genesis, to - 1) - 1);
    const from = Math.max(oldest, genesis.first_slot, to - slots);
    const only = node_id === undefined ? null : registry.node(node_id);
    const nodes = node_id === undefined ? registry.nodes() : only === null ? [] : [only];
    return {
      from_slot: Math.min(from, to),
      to_slot: to,
      server_time: toIso(now),
      ...pageToView(pageOfList(nodes, request), ({ nodeId }) => ({
        node_id: nodeId,
        slots: beacons.marks(nodeId, from, to),
      })),
    };
  });
};

/** Whoever is behind this connection opens a new one; others who share it through a proxy lose one answer. */
const closing = { retryAfter: 1, headers: { connection: "close" } };
