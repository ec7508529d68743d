import { slotAt, slotStart } from "@lucid/protocol";
import { toMoment } from "../shared/view.ts";
import { type Gate, shut } from "./ask.ts";
import type { PayerContext } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";
import { policyOf } from "./policy.ts";

/**
 * Open once the debit, and with it every entry of the account before it, stands in a published block, and has lain
 * open for as long as the policy says: no committee cosigns blocks yet, so people get the time to look.
 */
export const readLogGate = async (
  context: Pick<PayerContext, "network" | "clock" | "policies" | "publicLog">,
  payout: PayoutDocument,
): Promise<Gate<null>> => {
  const { genesis } = context.network;
  const slot = await context.publicLog.sealedSlot(payout.account, payout.seq);
  if (slot === null)
    return shut("its debit is not in the public log yet; it is sealed within a slot or two");
  const height = slot - genesis.first_slot;
  if (context.publicLog.size() <= height)
    return shut(`block ${height} of the log, with its debit, is sealed but not published yet`);
  const delay = policyOf(context, payout).payout.unwitnessed_delay_slots;
  const opens = slot + delay;
  if (slotAt(genesis, context.clock.now()) >= opens) return { ok: true, value: null };
  return shut(
    `its debit is in block ${height} of the public log, which no committee of nodes has cosigned; ` +
      `it lies open for ${delay} slots before anything is signed, until ${toMoment(slotStart(genesis, opens))}`,
  );
};
