import type { Collection, Documents } from "@lucid/platform/documents";
import { type Enrolment, nodeId, type StandingRecord } from "@lucid/protocol";
import { type Adopter, type AdoptedSlot, adoptSealed, forked } from "../shared/adopt.ts";
import type { Network } from "../shared/network.ts";
import { markSealed } from "../shared/sealed.ts";
import { insertOrFind } from "../shared/written.ts";
import {
  documentToEnrolment,
  enrolmentToDocument,
  nodeCollection,
  ownerCollection,
  standingCollection,
  type StandingDocument,
  standingId,
} from "./documents.ts";
import { enrolOwner, loadAddresses } from "./load.ts";
import {
  createOwnerAddresses,
  type OwnerAddresses,
  type StoredAddressFact,
} from "./owner-addresses.ts";
import { coveredBy } from "./source.ts";

export type RegistryAdopters = {
  readonly enrolments: Adopter<"enrolment">;
  readonly standings: Adopter<"standing">;
  /** The owners' addresses as the blocks so far tell them; to be told of their changes. */
  readonly addresses: OwnerAddresses;
};

/** Enrolments with their owners, and decisions about standings, from the log. */
export const createRegistryAdopters = async (
  { documents, network }: { documents: Pick<Documents, "collection">; network: Network },
  facts: readonly StoredAddressFact[],
): Promise<RegistryAdopters> => {
  const nodes = documents.collection(nodeCollection);
  const owners = documents.collection(ownerCollection);
  const standings = documents.collection(standingCollection);
  const addresses = createOwnerAddresses(network);
  await loadAddresses({ addresses, network }, owners, facts);

  /** Whose node it is, by the addresses at its slot; an address that was nobody's makes an owner. */
  const ownerOf = async ({ address }: Enrolment, { slot, atMs }: AdoptedSlot): Promise<string> => {
    const judged = addresses.judgeEnrolment(address, slot);
    if (!judged.ok) throw forked(slot, `the address ${address} (${judged.detail})`);
    const { ownerId } = judged;
    const owner = { id: ownerId, first_address: address, created_at: atMs };
    const { inserted } = await insertOrFind(owners, owner);
    if (inserted) enrolOwner(addresses, { ownerId, address, slot });
    return ownerId;
  };

  const adoptEnrolment = async (enrolment: Enrolment, at: AdoptedSlot): Promise<void> => {
    const ownerId = await ownerOf(enrolment, at);
    const decided = { nodeId: nodeId(enrolment.public_key), ownerId, atMs: at.atMs };
    const document = enrolmentToDocument(enrolment, decided);
    await adoptSealed(nodes, [document], { slot: at.slot, toRecord: documentToEnrolment });
  };

  return {
    addresses,
    enrolments: {
      type: "enrolment",
      adopt: async (at, sealed) => {
        for (const enrolment of sealed) await adoptEnrolment(enrolment, at);
      },
    },
    standings: {
      type: "standing",
      adopt: async (at, sealed) => {
        for (const record of sealed) await adoptStanding(standings, record, at);
      },
    },
  };
};

/** Marks the decisions that a block settles; where the store has none of them, the one that it tells is the next. */
const adoptStanding = async (
  standings: Collection<StandingDocument>,
  { node_id, standing, reason, by }: StandingRecord,
  { slot, atMs }: AdoptedSlot,
): Promise<void> => {
  if (standing === "pending") throw forked(slot, `${node_id}, which nobody makes pending`);
  const record = { node_id, standing, reason, by };
  const told = await coveredBy(standings, record, slot);
  if (told.length > 0) {
    const ids = told.map(({ id }) => id);
    return markSealed(standings, ids, slot);
  }
  const where = { node_id };
  const [last] = await standings.find({ where, sort: [["seq", "desc"]], limit: 1 });
  const seq = (last?.seq ?? -1) + 1;
  const made = { made_in_slot: slot, made_at: atMs, sealed_slot: slot };
  await insertOrFind(standings, { id: standingId(node_id, seq), seq, ...record, ...made });
};
