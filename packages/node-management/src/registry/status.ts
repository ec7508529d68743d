import type { Clock } from "@lucid/platform/clock";
import { slotAt } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import type { Registry, Standing } from "./contract.ts";

export type NodeStatus = Exclude<Standing, "active"> | "online" | "offline" | "maintenance";

/** What is known about a node's beacons; the registry does not know where from. */
export type Liveness = {
  isOnline(nodeId: string, slot: number): boolean;
  recent(nodeId: string): {
    readonly lastSlot: number | null;
    readonly lastAtMs: number | null;
    readonly agentVersion: string | null;
    readonly committed: boolean;
  };
  /** The closed slots of the open epoch. */
  progress(nodeId: string): {
    readonly epoch: number;
    readonly eligible: number;
    readonly present: number;
  };
};

export type StatusOf = (nodeId: string) => { standing: Standing; status: NodeStatus };

/** A node's standing and status now: computed when read, never stored. */
export const createStatusOf =
  ({
    registry,
    liveness,
    maintenance,
    network,
    clock,
  }: {
    registry: Registry;
    liveness: Liveness;
    /** What the log excuses because it was announced. */
    maintenance: { isUnderWay(nodeId: string, slot: number): boolean };
    network: Network;
    clock: Clock;
  }): StatusOf =>
  (nodeId) => {
    const slot = slotAt(network.genesis, clock.now());
    const standing = registry.standingAt(nodeId, slot);
    if (standing !== "active") return { standing, status: standing };
    if (maintenance.isUnderWay(nodeId, slot)) return { standing, status: "maintenance" };
    return { standing, status: liveness.isOnline(nodeId, slot) ? "online" : "offline" };
  };
