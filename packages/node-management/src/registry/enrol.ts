import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { checkEnrolment, type Enrolment, nodeId, slotAt } from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import { insertOrFind } from "../shared/written.ts";
import type { ClaimAddress } from "./claims.ts";
import type { EnrolVerdict, RefusedAddress, RegisteredNode, Refusal } from "./contract.ts";
import type { Directory, DirectoryEntry } from "./directory.ts";
import { enrolmentToDocument, type NodeDocument, type OwnerDocument } from "./documents.ts";
import { enrolOwner } from "./load.ts";
import type { OwnerAddresses } from "./owner-addresses.ts";
import { codeOfProblem, refuse } from "./rules.ts";
import type { Decide } from "./standings.ts";

export type EnrolDeps = {
  readonly nodes: Collection<NodeDocument>;
  readonly owners: Collection<OwnerDocument>;
  readonly directory: Directory;
  readonly addresses: OwnerAddresses;
  readonly claimAddress: ClaimAddress;
  readonly decide: Decide;
  readonly network: Network;
  readonly policies: Policies;
  readonly clock: Clock;
};

export type EnrolOptions = {
  /** Whether a proof of work may rest on a hash: that of one of the latest blocks. */
  readonly isRecentHeader: (headerHash: string) => Promise<boolean>;
  readonly refusedAddress: RefusedAddress;
};

export type Enrol = {
  readonly enrol: (networkId: string, enrolment: Enrolment) => Promise<EnrolVerdict>;
  /** Every step that follows from a node's document; each may be repeated. */
  readonly complete: (document: NodeDocument) => Promise<RegisteredNode>;
  /** Makes a node active about which nothing was decided yet, where the policy it enrolled under says so. */
  readonly admit: (entry: DirectoryEntry) => Promise<void>;
};

type OwnerVerdict = Refusal | { readonly outcome: "owner"; readonly ownerId: string };

export const createEnrol = (deps: EnrolDeps, options: EnrolOptions): Enrol => {
  const { nodes, owners, directory, addresses, claimAddress, decide, network, policies, clock } =
    deps;

  const admit = async (entry: DirectoryEntry): Promise<void> => {
    if (entry.changes.length > 0) return;
    const { admission } = policies.forSlot(slotAt(network.genesis, entry.enrolledAtMs));
    if (admission !== "demo") return;
    await decide(entry, { standing: "active", reason: "demo", by: "admission" });
  };

  const complete = async (document: NodeDocument): Promise<RegisteredNode> => {
    const first = directory.owner(document.owner_id) === null;
    if (first) {
      const { stored } = await insertOrFind(owners, {
        id: document.owner_id,
        first_address: document.address,
        created_at: document.enrolled_at,
      });
      const slot = slotAt(network.genesis, stored.created_at);
      enrolOwner(addresses, { ownerId: stored.id, address: stored.first_address, slot });
    }
    const entry = directory.add(document);
    await admit(entry);
    return entry;
  };

  const refusalOf = (networkId: string, enrolment: Enrolment): Refusal | null => {
    if (networkId !== network.networkId) {
      return refuse("network.wrong", `/network_id: this network is ${network.networkId}`);
    }
    if (enrolment.seq !== 0) return refuse("enrol.seq", `/seq is ${enrolment.seq}, not 0`);
    return null;
  };

  /** After the signatures: the chain is asked about nothing that somebody only makes up. */
  const addressRefusalOf = async (address: string): Promise<Refusal | null> => {
    const what = await options.refusedAddress(address);
    if (what === null) return null;
    return refuse(
      "enrol.address",
      `/address: ${address} is ${what}; give the address of your own wallet`,
    );
  };

  const insert = async (enrolment: Enrolment): Promise<EnrolVerdict> => {
    const { header_hash } = enrolment;
    const isRecent = await options.isRecentHeader(header_hash);
    const checked = checkEnrolment(network.genesis, network.networkId, enrolment, {
      headerHashes: new Set(isRecent ? [header_hash] : []),
    });
    if (!checked.ok) return refuse(codeOfProblem[checked.code], checked.detail);
    const refused = await addressRefusalOf(enrolment.address);
    if (refused !== null) return refused;
    const owner = await claimForOwner(enrolment.address);
    if (owner.outcome === "refused") return owner;
    const decided = { nodeId: checked.nodeId, ownerId: owner.ownerId, atMs: clock.now() };
    const document = enrolmentToDocument(enrolment, decided);
    const { inserted, stored } = await insertOrFind(nodes, document);
    if (stored.address !== enrolment.address) return alreadyEnrolled(stored.address);
    const node = await complete(stored);
    return { outcome: inserted ? "enrolled" : "found", node };
  };

  /** Whose node it will be; an address that is nobody's is theirs from here on. Judged once more after the wait. */
  const claimForOwner = async (address: string): Promise<OwnerVerdict> => {
    const owner = judgeAddress(address);
    if (owner.outcome === "refused" || directory.owner(owner.ownerId) !== null) return owner;
    if (!(await claimAddress(address, owner.ownerId)))
      return refuse("enrol.address", `/address: ${address} is being taken by another owner`);
    return judgeAddress(address);
  };

  /**
   * Whose node an enrolment of now makes it, as its block will be judged: by the addresses at the start of the slot. An
   * address that is left behind before the next slot is over is refused already, so that none is judged by another slot.
   */
  const judgeAddress = (address: string): OwnerVerdict => {
    const slot = slotAt(network.genesis, clock.now());
    const judged = addresses.judgeEnrolment(address, slot);
    if (!judged.ok) return refuse("enrol.address", `/address: ${judged.detail}`);
    const later = addresses.judgeEnrolment(address, slot + 2);
    if (!later.ok)
      return refuse("enrol.address", `/address: ${address} is being left behind by its owner`);
    const holder = addresses.holderOf(address, clock.now());
    if (holder?.use === "pending")
      return refuse(
        "enrol.address",
        `/address: ${address} waits to become the address of ${holder.owner}`,
      );
    return { outcome: "owner", ownerId: judged.ownerId };
  };

  return {
    complete,
    admit,
    enrol: async (networkId, enrolment) => {
      const refusal = refusalOf(networkId, enrolment);
      if (refusal !== null) return refusal;
      const known = directory.entries.get(nodeId(enrolment.public_key));
      if (known === undefined) return insert(enrolment);
      const enrolledWith = (await nodes.get(known.nodeId))?.address;
      if (enrolledWith !== enrolment.address) return alreadyEnrolled(enrolledWith ?? "another");
      await admit(known);
      return { outcome: "found", node: known };
    },
  };
};

const alreadyEnrolled = (address: string): Refusal =>
  refuse("nodes.already_enrolled", `this key is enrolled for ${address}; a node enrols once`);
