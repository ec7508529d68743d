import { checkEnrolment, compareBytes, fromHex, NO_HEADER_HASH } from "@lucid/protocol";
import type { AddressBook, BlockNetwork, PoolSeat, SealedStanding } from "@lucid/protocol";
import type { Placed, TimedBlock } from "./block.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

/** From `fromSlot` on, the slot after the block that says so, a node has this seat; null for none. */
export type SealedSeat = { readonly fromSlot: number; readonly seat: PoolSeat | null };

/** A node that is enrolled. */
export type Member = {
  readonly nodeId: string;
  /** hex */
  readonly publicKey: string;
  readonly keyBytes: Uint8Array;
  readonly ownerId: string;
  /** in order */
  readonly standings: SealedStanding[];
  /** in order */
  readonly seats: SealedSeat[];
  /** of the last standing that its owner's wallet signed, -1 before the first */
  lastOwnerSeq: number;
};

/** The nodes of a network, as they enrolled. */
export type Members = ReturnType<typeof createMembers>;

export const createMembers = ({ genesis, networkId }: BlockNetwork, addresses: AddressBook) => {
  const byId = new Map<string, Member>();
  const byOwner = new Map<string, Member[]>();
  let byKey: readonly Member[] | null = null;
  const recent = createRecentHashes();

  const insert = (member: Member): void => {
    byId.set(member.nodeId, member);
    const others = byOwner.get(member.ownerId);
    if (others === undefined) byOwner.set(member.ownerId, [member]);
    else others.push(member);
    byKey = null;
  };

  return {
    byId: (nodeId: string): Member | undefined => byId.get(nodeId),
    /** Ascending by key, as beacons stand in a body. */
    byKey: (): readonly Member[] =>
      (byKey ??= Array.from(byId.values()).sort((a, b) => compareBytes(a.keyBytes, b.keyBytes))),
    all: (): Iterable<Member> => byId.values(),
    ofOwner: (ownerId: string): readonly Member[] => byOwner.get(ownerId) ?? [],

    enrol: ({ data, at }: Placed<"enrolment">, { slot }: TimedBlock): Verdict => {
      const headerHashes = recent.hashes();
      const checked = checkEnrolment(genesis, networkId, data, { headerHashes });
      if (!checked.ok)
        return problem(
          `enrolment.${checked.code}`,
          `An enrolment does not hold: ${checked.detail}.`,
          at,
        );
      const { nodeId } = checked;
      if (byId.has(nodeId))
        return problem(
          "enrolment.second",
          `${nodeId} is enrolled already; a node enrols once.`,
          at,
        );
      const owner = addresses.enrol(data.address, slot);
      if (!owner.ok)
        return problem(`enrolment.${owner.code}`, `${nodeId} cannot enrol: ${owner.detail}.`, at);
      insert({
        nodeId,
        publicKey: data.public_key,
        keyBytes: fromHex(data.public_key),
        ownerId: owner.ownerId,
        standings: [],
        seats: [],
        lastOwnerSeq: -1,
      });
      return null;
    },

    endBlock: ({ headerHash }: TimedBlock): void => recent.add(headerHash),
  };
};

/** More than two months of two-minute slots, more than a day of the shortest. */
const MOST_HASHES = 50_000;

/**
 * The hashes that a proof of work may rest on: one of the last L blocks that the log had at that moment. It says nothing
 * about how long the log could not be appended to, so these are many: the rule is against floods, and nobody's pay.
 */
const createRecentHashes = () => {
  const hashes = new Set<string>([NO_HEADER_HASH]);
  return {
    hashes: (): ReadonlySet<string> => hashes,
    add: (hash: string): void => {
      hashes.add(hash);
      const [oldest] = hashes;
      if (hashes.size > MOST_HASHES && oldest !== undefined) hashes.delete(oldest);
    },
  };
};
