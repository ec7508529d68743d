import type { Client } from "@lucid/api/client";
import { epochOf, signObject, slotIndex, type Genesis } from "@lucid/protocol";
import type { NodeKey } from "../folder/index.ts";
import { createChains } from "./chains.ts";

export type SenderDeps = {
  readonly client: Client;
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly key: NodeKey;
  /** 8 bytes of hex, one per start. */
  readonly bootId: string;
  readonly version: string;
};

export type BeaconAnswer = { readonly serverTimeMs: number; readonly otherBoot: boolean };

export type Sender = {
  /** The network that the service says it is. */
  network(): Promise<{ networkId: string; serverTimeMs: number }>;
  commit(epoch: number): Promise<void>;
  beacon(slot: number, signed: boolean): Promise<BeaconAnswer>;
};

/** Puts what an agent says into requests; throws ApiError as the client does. */
export const createSender = (deps: SenderDeps): Sender => {
  const { client, genesis, networkId, key } = deps;
  const chains = createChains(genesis, networkId, key);
  return {
    async network() {
      const answer = await client.call("getNetwork");
      return { networkId: answer.network_id, serverTimeMs: Date.parse(answer.server_time) };
    },
    async commit(epoch) {
      const commitment = { node_id: key.nodeId, epoch, anchor: chains.anchor(epoch) };
      const signature = signObject("commitment", networkId, commitment, key.seed);
      await client.call("commitBeacons", {
        body: { ...commitment, network_id: networkId, signature },
      });
    },
    async beacon(slot, signed) {
      const reveal = chains.reveal(epochOf(genesis, slot), slotIndex(genesis, slot));
      const beacon = { node_id: key.nodeId, slot, reveal };
      const signature = signed ? signObject("beacon", networkId, beacon, key.seed) : undefined;
      const answer = await client.call("sendBeacon", {
        body: {
          ...beacon,
          boot_id: deps.bootId,
          agent_version: deps.version,
          ...(signature === undefined ? {} : { signature }),
        },
      });
      return { serverTimeMs: answer.server_time_ms, otherBoot: answer.other_boot };
    },
  };
};
