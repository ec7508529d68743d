import type { StandingRecord } from "../records/types.ts";
import type { Verdict } from "../verdict.ts";
import { refuse } from "../verdict.ts";
import { signerOf } from "../wallet.ts";
import { freezeText, retireText } from "../wallet-texts.ts";

/** Why a standing that an owner's wallet signed does not hold. */
export type OwnerStandingProblem = "unsigned" | "standing" | "seq" | "wallet_signature";

/**
 * Judges a standing signed by an owner's wallet, which may freeze (`suspended`) or retire its nodes at once.
 * @param node the address in force of the node's owner, and the largest `seq` of its earlier signed standings, -1
 *   before the first
 */
export function checkOwnerStanding(
  networkId: string,
  { node_id, standing, wallet_signature, seq }: StandingRecord,
  node: { address: string; lastSeq: number },
): Verdict<OwnerStandingProblem> {
  if (wallet_signature === undefined || seq === undefined)
    return refuse("unsigned", "it carries no signature of a wallet");
  if (standing !== "suspended" && standing !== "retired")
    return refuse("standing", `a wallet can freeze or retire a node, not make it ${standing}`);
  if (seq <= node.lastSeq)
    return refuse("seq", `seq ${seq} is not above ${node.lastSeq}, that of the one before`);
  const text = standing === "suspended" ? freezeText : retireText;
  if (signerOf(text(networkId, node_id, seq), wallet_signature) === node.address)
    return { ok: true };
  const wanted = standing === "suspended" ? "freeze" : "retire";
  return refuse("wallet_signature", `it is not that of ${node.address} over the ${wanted} text`);
}
