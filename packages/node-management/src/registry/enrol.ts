import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { checkEnrolment, type Enrolment, nodeId, slotAt } from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import { insertOrFind } from "../shared/written.ts";
import type { EnrolVerdict, RegisteredNode, Refusal } from "./contract.ts";
import type { Directory, DirectoryEntry } from "./directory.ts";
import { enrolmentToDocument, type NodeDocument, type OwnerDocument } from "./documents.ts";
import { codeOfProblem, refuse } from "./rules.ts";
import type { Decide } from "./standings.ts";

export type EnrolDeps = {
  readonly nodes: Collection<NodeDocument>;
  readonly owners: Collection<OwnerDocument>;
  readonly directory: Directory;
  readonly decide: Decide;
  readonly network: Network;
  readonly policies: Policies;
  readonly clock: Clock;
};

export type EnrolOptions = {
  /** Whether a proof of work may rest on a hash: that of one of the latest blocks. */
  readonly isRecentHeader: (headerHash: string) => Promise<boolean>;
  /** Addresses that nobody may be paid at, each with what it is. */
  readonly refusedAddresses: ReadonlyMap<string, string>;
};

export type Enrol = {
  readonly enrol: (networkId: string, enrolment: Enrolment) => Promise<EnrolVerdict>;
  /** Every step that follows from a node's document; each may be repeated. */
  readonly complete: (document: NodeDocument) => Promise<RegisteredNode>;
  /** Makes a node active about which nothing was decided yet, where the policy it enrolled under says so. */
  readonly admit: (entry: DirectoryEntry) => Promise<void>;
};

export const createEnrol = (deps: EnrolDeps, options: EnrolOptions): Enrol => {
  const { nodes, owners, directory, decide, network, policies, clock } = deps;

  const admit = async (entry: DirectoryEntry): Promise<void> => {
    if (entry.changes.length > 0) return;
    const { admission } = policies.forSlot(slotAt(network.genesis, entry.enrolledAtMs));
    if (admission !== "demo") return;
    await decide(entry, { standing: "active", reason: "demo", by: "admission" });
  };

  const complete = async (document: NodeDocument): Promise<RegisteredNode> => {
    const first = directory.owner(document.owner_id) === null;
    if (first) {
      await insertOrFind(owners, {
        id: document.owner_id,
        first_address: document.address,
        created_at: document.enrolled_at,
      });
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
    const what = options.refusedAddresses.get(enrolment.address);
    if (what === undefined) return null;
    return refuse(
      "enrol.address",
      `/address: ${enrolment.address} is ${what}; give the address of your own wallet`,
    );
  };

  const insert = async (enrolment: Enrolment): Promise<EnrolVerdict> => {
    const { header_hash } = enrolment;
    const isRecent = await options.isRecentHeader(header_hash);
    const checked = checkEnrolment(network.genesis, network.networkId, enrolment, {
      headerHashes: new Set(isRecent ? [header_hash] : []),
    });
    if (!checked.ok) return refuse(codeOfProblem[checked.code], checked.detail);
    const ownerId = directory.ownerOfAddress(enrolment.address)?.ownerId ?? checked.ownerId;
    const decided = { nodeId: checked.nodeId, ownerId, atMs: clock.now() };
    const { inserted, stored } = await insertOrFind(nodes, enrolmentToDocument(enrolment, decided));
    if (stored.address !== enrolment.address) return alreadyEnrolled(stored.address);
    const node = await complete(stored);
    return { outcome: inserted ? "enrolled" : "found", node };
  };

  return {
    complete,
    admit,
    enrol: async (networkId, enrolment) => {
      const refusal = refusalOf(networkId, enrolment);
      if (refusal !== null) return refusal;
      const known = directory.entries.get(nodeId(enrolment.public_key));
      if (known === undefined) return insert(enrolment);
      if (known.address !== enrolment.address) return alreadyEnrolled(known.address);
      await admit(known);
      return { outcome: "found", node: known };
    },
  };
};

const alreadyEnrolled = (address: string): Refusal =>
  refuse("nodes.already_enrolled", `this key is enrolled for ${address}; a node enrols once`);
