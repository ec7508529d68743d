import { createBitmap, firstSlotOf, setBit } from "@lucid/protocol";
import type { Bitmap, BlockNetwork, Genesis } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Member, Members } from "./members.ts";
import type { Owners } from "./owners.ts";
import type { Policies } from "./policies.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";
import { isSignedBy, standingText } from "./wallet-words.ts";

type Deps = {
  readonly network: BlockNetwork;
  readonly members: Members;
  readonly owners: Owners;
  readonly policies: Policies;
  readonly tally: Tally;
};

/** Standings hold from the slot after the block that seals them: there is no way to date one back. */
export const createStandings = ({ network, members, owners, policies, tally }: Deps) => {
  const checkWallet = ({ data, at }: Placed<"standing">, member: Member): Verdict => {
    const { wallet_signature: signature, seq, standing } = data;
    if (signature === undefined || seq === undefined) return null;
    if (seq <= member.lastOwnerSeq)
      return problem(
        "standing.seq",
        `The owner's decision ${seq} about ${member.nodeId} comes after its decision ${member.lastOwnerSeq}.`,
        at,
      );
    const action = standing === "retired" ? "retire" : "freeze";
    const owner = owners.get(member.ownerId);
    const address = owner === undefined ? "" : owners.current(owner);
    const text = standingText(action, {
      networkId: network.networkId,
      nodeId: member.nodeId,
      seq,
    });
    const isSigned =
      (standing === "suspended" || standing === "retired") && isSignedBy(address, text, signature);
    if (!isSigned)
      return problem(
        "standing.signature",
        `That ${member.nodeId} is ${standing} is said to be its owner's decision, but the wallet ${address} did not sign it.`,
        at,
      );
    member.lastOwnerSeq = seq;
    return null;
  };

  return (placed: Placed<"standing">, block: TimedBlock): Verdict => {
    const { data, at } = placed;
    const { node_id, standing, by } = data;
    const member = members.byId(node_id);
    if (member === undefined)
      return problem("standing.unknown_node", `${node_id} is ${standing}, but never enrolled.`, at);
    const latest = member.standings.at(-1);
    const fromSlot = block.slot + 1;
    if (latest?.fromSlot === fromSlot)
      return problem("standing.second", `Two decisions about ${node_id} stand in one block.`, at);
    if (latest?.standing === "retired" && standing !== "retired")
      return problem(
        "standing.retired",
        `${node_id} is retired, which is final, and yet becomes ${standing}.`,
        at,
      );
    const refusal = checkWallet(placed, member);
    if (refusal !== null) return refusal;
    const isByRule = by === "admission" && policies.inForce(block.epoch).admission === "demo";
    const isFollowed = isByRule || data.wallet_signature !== undefined;
    if (isFollowed) tally.check("standings");
    else tally.attest("standings_by_people");
    member.standings.push({ standing, fromSlot });
    return null;
  };
};

/** What a node is in a slot; `pending` before the first decision. */
export const standingIn = ({ standings }: Member, slot: number): string =>
  standings.findLast(({ fromSlot }) => fromSlot <= slot)?.standing ?? "pending";

/** The slots of an epoch in which a node is active. */
export const activeSlots = (genesis: Genesis, { standings }: Member, epoch: number): Bitmap => {
  const slots = genesis.slots_per_epoch;
  const first = firstSlotOf(genesis, epoch);
  const active = createBitmap(slots);
  for (const [i, { standing, fromSlot }] of standings.entries()) {
    if (standing !== "active") continue;
    const until = standings[i + 1]?.fromSlot ?? Infinity;
    const end = Math.min(slots, until - first);
    for (let index = Math.max(0, fromSlot - first); index < end; index++) setBit(active, index);
  }
  return active;
};
