import { ApiError, type Client } from "@lucid/api/client";
import {
  epochOf,
  isSignedCheckpoint,
  signObject,
  slotIndex,
  type Genesis,
  type SignedCheckpoint,
} from "@lucid/protocol";
import type { CommandReport } from "../control/index.ts";
import type { NodeKey } from "../folder/index.ts";
import type { Session } from "../session.ts";
import { createChains } from "./chains.ts";

export type SenderDeps = {
  readonly client: Client;
  /** For what only the node itself may ask. */
  readonly session: Session;
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly key: NodeKey;
  /** 8 bytes of hex, one per start. */
  readonly bootId: string;
  readonly version: string;
};

export type BeaconAnswer = {
  readonly serverTimeMs: number;
  readonly otherBoot: boolean;
  /** The latest checkpoint of the log that the service knows; nobody has checked it. */
  readonly checkpoint: SignedCheckpoint | null;
  /** What waits for this node; nobody has checked it. */
  readonly commands: readonly unknown[];
};

/** What goes with a beacon: whether the node signs it, and the largest checkpoint it was ever shown. */
export type BeaconExtras = { readonly signed: boolean; readonly seen: SignedCheckpoint | null };

export type Sender = {
  /** The network that the service says it is. */
  network(): Promise<{ networkId: string; serverTimeMs: number }>;
  commit(epoch: number): Promise<void>;
  beacon(slot: number, extras: BeaconExtras): Promise<BeaconAnswer>;
  /** Says what became of commands and asks for those that wait. */
  poll(reports: readonly CommandReport[]): Promise<readonly unknown[]>;
};

/** Puts what an agent says into requests; throws ApiError as the client does. */
export const createSender = (deps: SenderDeps): Sender => {
  const { client, genesis, networkId, key } = deps;
  const chains = createChains(genesis, networkId, key);
  return {
    async network() {
      const answer = await client.call("getNetwork");
      if (typeof answer.network_id !== "string") throw unexpected("to name its network");
      return { networkId: answer.network_id, serverTimeMs: Date.parse(answer.server_time) };
    },
    async commit(epoch) {
      const commitment = { node_id: key.nodeId, epoch, anchor: chains.anchor(epoch) };
      const signature = signObject("commitment", networkId, commitment, key.seed);
      await client.call("commitBeacons", {
        body: { ...commitment, network_id: networkId, signature },
      });
    },
    async beacon(slot, { signed, seen }) {
      const reveal = chains.reveal(epochOf(genesis, slot), slotIndex(genesis, slot));
      const beacon = { node_id: key.nodeId, slot, reveal };
      const signature = signed ? signObject("beacon", networkId, beacon, key.seed) : undefined;
      const answer = await client.call("sendBeacon", {
        body: {
          ...beacon,
          boot_id: deps.bootId,
          agent_version: deps.version,
          ...(signature === undefined ? {} : { signature }),
          ...(seen === null ? {} : { seen }),
        },
      });
      if (typeof answer.server_time_ms !== "number" || !taken.has(answer.verdict))
        throw unexpected("to take a beacon");
      return {
        serverTimeMs: answer.server_time_ms,
        otherBoot: answer.other_boot,
        // A service may show anything, and what is kept of it ends up in names of files.
        checkpoint: isSignedCheckpoint(answer.checkpoint) ? answer.checkpoint : null,
        commands: toList(answer.commands),
      };
    },
    async poll(reports) {
      const { commands } = await deps.session.call("pollCommands", {
        params: { node_id: key.nodeId },
        body: { done: reports.slice(0, mostReports).map(({ id, outcome }) => ({ id, outcome })) },
      });
      return toList(commands);
    },
  };
};

/** Something else stands at the address for now, like the page of a proxy. */
const unexpected = (asked: string): ApiError =>
  new ApiError("client.unexpected", `what was asked ${asked} is no service of Lucid`);

/** The answers with which a beacon counts. */
const taken: ReadonlySet<string> = new Set(["accepted", "duplicate"]);

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** So many the service takes at once. */
const mostReports = 100;
