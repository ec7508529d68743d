import { type Policy, splitPayout } from "@lucid/protocol";
import type { PayerContext } from "./contract.ts";
import { findShort, type Short } from "./cover.ts";
import { debit, type Due } from "./debit.ts";
import { driveOrExplain } from "./drive.ts";
import { findCap, findDue } from "./due.ts";
import type { Heads } from "./gates.ts";
import { policyNow } from "./policy.ts";
import { readRoom, takesRoom } from "./room.ts";
import { readStop } from "./stop.ts";

export type Paid = {
  /** Whether due owners are left: for want of room, or because they have to be judged again. */
  readonly isMoreDue: boolean;
  /** What the wallet lacks for what is due; absent when nobody looked. */
  readonly short?: Short | null;
};

/** Makes new payouts while there is room. */
export const payDue = async (context: PayerContext, heads: Heads): Promise<Paid> => {
  const policy = policyNow(context);
  const chainTimeMs = heads.head.timestampMs;
  let room = await readRoom(context);
  if (room <= 0) return { isMoreDue: true };
  const dues = await findDue(context, policy, chainTimeMs);
  const short = dues.length === 0 ? null : await findShort(context, sumNets(policy, dues));
  if (short !== null) return { isMoreDue: false, short };
  let isMoreDue = false;
  for (const due of dues) {
    const isOver = room <= 0 || context.signal.aborted || (await readStop(context)) !== null;
    if (isOver) return { isMoreDue: true, short };
    // Those before it in this run have used the caps.
    if ((await findCap(context, { ...due, chainTimeMs, rules: policy.payout })) !== null) continue;
    const payout = await debit(context, due, policy);
    if (payout === null) {
      isMoreDue = true;
      continue;
    }
    const driven = await driveOrExplain(context, payout, { heads, shut: null });
    if (await takesRoom(context, driven)) room -= 1;
  }
  return { isMoreDue, short };
};

const sumNets = (policy: Policy, dues: readonly Due[]): bigint =>
  dues.reduce((sum, { grossMicro }) => sum + splitPayout(policy, grossMicro).net, 0n);
