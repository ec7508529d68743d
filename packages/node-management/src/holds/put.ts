import { base32, sha256, utf8 } from "@lucid/protocol";
import { toMoment } from "../shared/view.ts";
import { insertOrFind } from "../shared/written.ts";
import type { HoldsContext, HoldVerdict, PutRequest, Refused } from "./contract.ts";
import type { HoldDocument } from "./documents.ts";

/** Puts a hold, or finds the one that the same words put. */
export const putHold = async (context: HoldsContext, request: PutRequest): Promise<HoldVerdict> => {
  const { holds, ownerExists, clock } = context;
  const { ownerId, reasonCode, reason, by } = request;
  if (!ownerExists(ownerId)) return refused("owners.unknown", `There is no owner ${ownerId}.`);
  for (;;) {
    const before = await readAll(context, ownerId);
    const same = before.find((hold) => hold.state === "active" && hold.reason_code === reasonCode);
    if (same !== undefined) return repeat(same, request);
    const seq = before.length;
    const { inserted, stored } = await insertOrFind(holds, {
      id: holdId(context.network.networkId, ownerId, seq),
      owner_id: ownerId,
      seq,
      state: "active",
      is_shut: true,
      reason_code: reasonCode,
      reason,
      held_by: by,
      held_at: clock.now(),
      decisions: [],
    });
    if (inserted) return { outcome: "taken", hold: stored };
  }
};

/** An owner's holds, oldest first. */
export const readAll = (
  { holds }: Pick<HoldsContext, "holds">,
  ownerId: string,
): Promise<HoldDocument[]> => holds.find({ where: { owner_id: ownerId }, sort: [["seq", "asc"]] });

const repeat = (hold: HoldDocument, { reason }: PutRequest): HoldVerdict =>
  hold.reason === reason
    ? { outcome: "present", hold }
    : refused(
        "holds.held",
        `${hold.id} holds it since ${toMoment(hold.held_at)} (${hold.reason_code}): ${hold.reason}`,
      );

export const refused = (code: Refused["code"], detail: string): Refused => ({
  outcome: "refused",
  code,
  detail,
});

/** Follows from what it is the id of: asked for twice at once it is one hold. */
const holdId = (networkId: string, ownerId: string, seq: number): string =>
  `hold_${base32(sha256(utf8(`${networkId} ${ownerId} ${seq}`))).slice(0, 26)}`;
