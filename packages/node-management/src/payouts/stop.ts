import { shutToWords, toWait } from "./ask.ts";
import { readDisputed } from "./carry-out.ts";
import type { PayerContext, Shut } from "./contract.ts";
import { pauseToShut } from "./pause.ts";

/** What only people end: a dispute, or their own pause. Nothing is decided or signed meanwhile, also in a run that began before. */
export const readStop = async (
  context: Pick<PayerContext, "payouts" | "pause">,
): Promise<Shut | null> => {
  const [disputed] = await readDisputed(context);
  if (disputed === undefined) return pauseToShut(await context.pause.read());
  const reason = `${disputed.id} is disputed: two people have to close it (lucid payouts close)`;
  return { state: "stopped", reason };
};

/** Why nothing new is paid, as what one payout waits for. */
export const stopToWait = (shut: Shut): string =>
  toWait(shut.state === "waiting" ? shut.reason : shutToWords(shut));
