import { toUsdt } from "../shared/view.ts";
import type { Attempt, Difference, GateVerdict } from "./contract.ts";

type Moved = {
  readonly txid: string;
  readonly blockNumber?: number;
  readonly from: string;
  readonly to: string;
  readonly amountMicro: bigint;
};

/** Names a Transfer that nobody knows, and how a person says what it was. The hint is a hint: nothing is guessed. */
export const unknownTransfer = (moved: Moved, hint: string | null): Difference => {
  const command = `lucid admin treasury record ${moved.txid} "<reason>"`;
  const where = moved.blockNumber === undefined ? "" : ` (block ${moved.blockNumber})`;
  return {
    kind: "unknown_transfer",
    wallet: moved.from,
    txid: moved.txid,
    words:
      `${toUsdt(moved.amountMicro)} USDT left the wallet ${moved.from} for ${moved.to} in transaction ${moved.txid}${where}, ` +
      "and no payout of these books says so; nothing is paid until a treasurer records what it was: " +
      (hint === null ? command : `${command}, with ${hint}`),
  };
};

export const contradiction = (moved: Moved, attempt: Attempt): Difference => ({
  kind: "contradiction",
  wallet: moved.from,
  txid: moved.txid,
  words:
    `the chain moved ${toUsdt(moved.amountMicro)} USDT to ${moved.to} in transaction ${moved.txid}, and the books call ` +
    `${attempt.payoutId} ${attempt.state} with ${toUsdt(attempt.netMicro)} USDT to ${attempt.recipient} in it; ` +
    "nothing is paid until a person has looked",
});

export const missingTransfer = (wallet: string, attempt: Attempt): Difference => ({
  kind: "missing_transfer",
  wallet,
  txid: attempt.txid,
  words:
    `the books call ${attempt.payoutId} paid by transaction ${attempt.txid} in block ${attempt.block}, and the chain shows ` +
    `no such Transfer out of ${wallet}; nothing is paid until a person has looked`,
});

export const otherBalance = (
  wallet: string,
  { held, expected, number }: { held: bigint; expected: bigint; number: number },
): Difference => ({
  kind: "balance",
  wallet,
  txid: null,
  words:
    `the wallet ${wallet} holds ${toUsdt(held)} USDT at block ${number}, and ${toUsdt(expected)} USDT follow from what ` +
    "moved; nothing is paid while an endpoint says so",
});

export const otherHistory = (wallet: string, number: number): Difference => ({
  kind: "history",
  wallet,
  txid: null,
  words:
    `block ${number}, up to which chain and books were compared, is another block now: an endpoint shows another history; ` +
    "nothing is paid while it does",
});

export const sourcesDiffer = (wallet: string, txid: string, who: string): Difference => ({
  kind: "sources",
  wallet,
  txid,
  words: `transaction ${txid} out of ${wallet} is told by only one of ${who}; nothing is paid until they agree`,
});

export const stuckAdjustment = (txid: string, ownerId: string, grossMicro: bigint): Difference => ({
  kind: "adjustment",
  wallet: "",
  txid,
  words:
    `transaction ${txid} was recorded as pay of ${ownerId}, and its balance does not hold the ${toUsdt(grossMicro)} USDT ` +
    "of that yet; nothing is paid until its rewards are credited again",
});

/** The verdict over all differences: the first one speaks, the rest are counted. */
export const toVerdict = (differences: readonly Difference[]): GateVerdict => {
  const [first, ...others] = differences;
  if (first === undefined) return { state: "open" };
  const more = others.length === 0 ? "" : ` (and ${others.length} more: lucid admin treasury list)`;
  return { state: "stopped", reason: `${first.words}${more}`, differences };
};

export const waiting = (why: string): GateVerdict => ({
  state: "waiting",
  reason: why,
});
