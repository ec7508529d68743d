import { setTimeout as wait } from "node:timers/promises";
import { ApiError, type Client } from "@lucid/api/client";
import {
  acceptanceWindow,
  createChain,
  epochOf,
  firstSlotOf,
  signObject,
  slotAt,
  slotEnd,
  toHex,
} from "@lucid/protocol";
import type { Fixture, FixtureNode } from "../fixture.ts";

/** Beacons that were acknowledged, as `<node_id> <slot>`. */
export type Acknowledged = ReadonlySet<string>;

const retryMs = 20;

/**
 * Nodes that send one beacon a slot until the signal is aborted, try again while the slot is open, and remember
 * what was acknowledged: the witness against a service that loses beacons.
 */
export function startCrowd(
  client: Client,
  { genesis, networkId, nodes }: Pick<Fixture, "genesis" | "networkId" | "nodes">,
  signal: AbortSignal,
): { readonly acknowledged: Acknowledged; readonly ended: Promise<unknown> } {
  const acknowledged = new Set<string>();

  const live = async (node: FixtureNode): Promise<void> => {
    let committed = -1;
    for (let slot = slotAt(genesis, Date.now()); !signal.aborted; slot += 1) {
      const epoch = epochOf(genesis, slot);
      const until = acceptanceWindow(genesis, slot).untilMs;
      if (committed !== epoch && (await retried(until, () => commit(node, epoch)))) {
        committed = epoch;
      }
      const accepted = await retried(until, () => sendBeacon(node, slot));
      if (accepted) acknowledged.add(`${node.nodeId} ${slot}`);
      await wait(Math.max(0, slotEnd(genesis, slot) - Date.now()));
      slot = Math.max(slot, slotAt(genesis, Date.now()) - 1);
    }
  };

  const chainOf = ({ seed, publicKey }: FixtureNode, epoch: number) =>
    createChain({
      seed,
      networkId,
      publicKeyHex: publicKey,
      epoch,
      slots: genesis.slots_per_epoch,
    });

  const commit = async (node: FixtureNode, epoch: number): Promise<void> => {
    const unsigned = {
      node_id: node.nodeId,
      epoch,
      anchor: toHex(chainOf(node, epoch).anchor),
    };
    const signature = signObject("commitment", networkId, unsigned, node.seed);
    await client.call("commitBeacons", { body: { ...unsigned, signature } });
  };

  const sendBeacon = async (node: FixtureNode, slot: number): Promise<void> => {
    const epoch = epochOf(genesis, slot);
    const reveal = toHex(chainOf(node, epoch).reveal(slot - firstSlotOf(genesis, epoch)));
    const unsigned = { node_id: node.nodeId, slot, reveal };
    const signature = signObject("beacon", networkId, unsigned, node.seed);
    await client.call("sendBeacon", { body: { ...unsigned, signature } });
  };

  return { acknowledged, ended: Promise.all(nodes.map(live)) };
}

/** Whether the call succeeded before `untilMs`. Only a service that is away is asked again. */
async function retried(untilMs: number, call: () => Promise<void>): Promise<boolean> {
  while (Date.now() < untilMs) {
    try {
      await call();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!isAway(error)) return false;
    }
    await wait(retryMs);
  }
  return false;
}

const isAway = ({ code }: ApiError): boolean =>
  code === "client.unreachable" || code === "client.timeout" || code === "service.unavailable";
