import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import { activeSlots, NO_HEADER_HASH, standingAt } from "@lucid/protocol";
import type { NetworkEvent } from "@lucid/api";
import type { Policies } from "../policy/index.ts";
import { nothingReached, type Reached } from "../shared/follow.ts";
import type { Network } from "../shared/network.ts";
import { scanById } from "../shared/scan.ts";
import { createClaimAddress } from "./claims.ts";
import type { RefusedAddress, Registry, RegistrySources, StandingVerdict } from "./contract.ts";
import { createDirectory, type DirectoryEntry } from "./directory.ts";
import {
  addressClaimCollection,
  documentToChange,
  nodeCollection,
  type NodeDocument,
  ownerCollection,
  standingCollection,
} from "./documents.ts";
import { createEnrol } from "./enrol.ts";
import { createFollowRegistry } from "./follow.ts";
import { loadAddresses } from "./load.ts";
import { createOwnerAddresses, type StoredAddressFact } from "./owner-addresses.ts";
import { refuse } from "./rules.ts";
import { createEnrolmentSource, createStandingSource } from "./source.ts";
import { createDecide, type WantedStanding } from "./standings.ts";

export type RegistryDeps = {
  readonly documents: Documents;
  readonly network: Network;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly events: Events<NetworkEvent>;
};

export type RegistryOptions = {
  readonly refusedAddress?: RefusedAddress;
  /** Whether a hash is that of one of the latest blocks, one of which an enrolment's proof of work rests on. */
  readonly isRecentHeader?: (headerHash: string) => Promise<boolean>;
  /** Every change of an owner's address that was accepted, and every cancellation. */
  readonly addressFacts?: () => Promise<readonly StoredAddressFact[]>;
  /** Whether other replicas work on the same store. */
  readonly isShared?: boolean;
  /** What was sealed before the load. */
  readonly from?: Reached;
};

export type RegistryService = Registry & {
  /** What the log is told of it. */
  readonly sources: RegistrySources;
  /** Takes what other replicas wrote into memory; `reached` was read before. */
  follow(reached: Reached): Promise<void>;
};

const isNoBlock = async (headerHash: string): Promise<boolean> => headerHash === NO_HEADER_HASH;

/** Loads the directory and finishes enrolments that a crash cut short. */
export const createRegistry = async (
  { documents, network, policies, clock, events }: RegistryDeps,
  {
    refusedAddress = async () => null,
    isRecentHeader = isNoBlock,
    addressFacts = async () => [],
    isShared = false,
    from = nothingReached,
  }: RegistryOptions = {},
): Promise<RegistryService> => {
  const addresses = createOwnerAddresses(network);
  const directory = createDirectory(addresses, clock);
  const nodes = documents.collection(nodeCollection);
  const standings = documents.collection(standingCollection);
  const claimAddress = createClaimAddress(documents.collection(addressClaimCollection), clock);
  const decide = createDecide({ collection: standings, directory, network, clock });
  const { enrol, complete, admit } = createEnrol(
    {
      nodes,
      owners: documents.collection(ownerCollection),
      directory,
      addresses,
      claimAddress,
      decide,
      network,
      policies,
      clock,
    },
    { isRecentHeader, refusedAddress },
  );

  const following = createFollowRegistry({ nodes, standings, directory, complete }, from);
  const find = async (nodeId: string): Promise<DirectoryEntry | null> => {
    const known = directory.entries.get(nodeId) ?? null;
    return known === null && isShared ? following.load(nodeId) : known;
  };

  const load = async (): Promise<void> => {
    const withoutOwner: NodeDocument[] = [];
    const owners = await loadAddresses(
      { addresses, network },
      documents.collection(ownerCollection),
      await addressFacts(),
    );
    await scanById(nodes, (document) => {
      if (owners.has(document.owner_id)) directory.add(document);
      else withoutOwner.push(document);
    });
    await scanById(standings, (document) => {
      const entry = directory.entries.get(document.node_id);
      if (entry !== undefined) directory.decide(entry, documentToChange(document));
    });
    for (const document of withoutOwner) await complete(document);
    for (const entry of directory.entries.values()) await admit(entry);
    directory.readdress();
  };

  const changeStanding = async (
    nodeId: string,
    wanted: WantedStanding,
  ): Promise<StandingVerdict> => {
    const entry = await find(nodeId);
    if (entry === null) return refuse("nodes.unknown", `no node has the id ${nodeId}`);
    if (isShared) await following.renew(entry);
    const decided = await decide(entry, wanted);
    if (typeof decided === "object") return decided;
    if (decided === "changed")
      events.publish({ type: "node", node_id: nodeId, standing: wanted.standing });
    return { outcome: decided, node: entry };
  };

  const changesOf = (nodeId: string) => directory.entries.get(nodeId)?.changes ?? [];

  await load();
  return {
    enrol: async (networkId, enrolment) => {
      const verdict = await enrol(networkId, enrolment);
      if (verdict.outcome === "enrolled") {
        const { nodeId, changes } = verdict.node;
        const standing = changes.at(-1)?.standing ?? "pending";
        events.publish({ type: "node", node_id: nodeId, standing });
      }
      return verdict;
    },
    node: (nodeId) => directory.entries.get(nodeId) ?? null,
    find,
    follow: (reached) => following.follow(reached),
    nodes: directory.nodes,
    get size() {
      return directory.size;
    },
    standingAt: (nodeId, slot) => standingAt(changesOf(nodeId), slot),
    activeSlots: (nodeId, epoch) => activeSlots(network.genesis, epoch, changesOf(nodeId)),
    latestChange: (nodeId) => changesOf(nodeId).at(-1) ?? null,
    changeStanding,
    owner: directory.owner,
    ownerOfAddress: directory.ownerOfAddress,
    owners: directory.owners,
    claimAddress,
    addresses: {
      ...addresses,
      seal: (fact, slot) => {
        const isNew = addresses.seal(fact, slot);
        if (isNew) directory.readdress();
        return isNew;
      },
    },
    sources: [createEnrolmentSource(nodes), createStandingSource(standings, directory)],
  };
};
