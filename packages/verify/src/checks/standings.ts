import { checkOwnerStanding, slotStart } from "@lucid/protocol";
import type { AddressBook, BlockNetwork } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Member, Members } from "./members.ts";
import type { Policies } from "./policies.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = {
  readonly network: BlockNetwork;
  readonly members: Members;
  readonly addresses: AddressBook;
  readonly policies: Policies;
  readonly tally: Tally;
};

/** Standings hold from the slot after the block that seals them: there is no way to date one back. */
export const createStandings = ({ network, members, addresses, policies, tally }: Deps) => {
  const { genesis, networkId } = network;

  const checkWallet = (placed: Placed<"standing">, member: Member, slot: number): Verdict => {
    const { data, at } = placed;
    const address = addresses.addressAt(member.ownerId, slotStart(genesis, slot)) ?? "";
    const lastSeq = member.lastOwnerSeq;
    const signed = checkOwnerStanding(networkId, data, { address, lastSeq });
    if (!signed.ok)
      return problem(
        `standing.${signed.code}`,
        `That ${member.nodeId} is ${data.standing} is said to be its owner's decision: ${signed.detail}.`,
        at,
      );
    member.lastOwnerSeq = data.seq ?? lastSeq;
    return null;
  };

  const checkOrder = ({ data, at }: Placed<"standing">, member: Member, slot: number): Verdict => {
    const latest = member.standings.at(-1);
    if (latest?.sealed_slot === slot)
      return problem(
        "standing.second",
        `Two decisions about ${member.nodeId} stand in one block.`,
        at,
      );
    if (latest?.standing !== "retired" || data.standing === "retired") return null;
    return problem(
      "standing.retired",
      `${member.nodeId} is retired, which is final, and yet becomes ${data.standing}.`,
      at,
    );
  };

  return (placed: Placed<"standing">, { slot, epoch }: TimedBlock): Verdict => {
    const { data, at } = placed;
    const { node_id, standing, by, wallet_signature } = data;
    const member = members.byId(node_id);
    if (member === undefined)
      return problem("standing.unknown_node", `${node_id} is ${standing}, but never enrolled.`, at);
    // An owner or node that retires a node with its token signs nothing that the log could show: that is attested.
    const isSigned = wallet_signature !== undefined;
    const refusal =
      checkOrder(placed, member, slot) ?? (isSigned ? checkWallet(placed, member, slot) : null);
    if (refusal !== null) return refusal;
    // The rule of a demo makes a node active when it enrols, and nothing else.
    const isAdmission =
      by === "admission" && standing === "active" && member.standings.length === 0;
    const isByRule = isAdmission && policies.inForce(epoch).admission === "demo";
    if (isSigned || isByRule) tally.check("standings");
    else tally.attest("standings_by_people");
    member.standings.push({ standing, sealed_slot: slot });
    return null;
  };
};
