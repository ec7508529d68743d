import { formatUsdt, slotAt } from "@lucid/protocol";
import { type Refused, refuse } from "./answer.ts";
import type { Journal } from "./journal.ts";
import type { SignedLine } from "./journal-lines.ts";
import type { LogState } from "./log-store.ts";
import type { ProvenDebit } from "./log-view.ts";
import type { SignRequest } from "./request.ts";

/** What this signer allows, whatever it is asked. Amounts are what leaves the wallet; hours and days are the last ones, not the clock's. */
export type SignerCaps = {
  readonly payoutMicro: bigint;
  readonly hourMicro: bigint;
  readonly dayMicro: bigint;
  readonly dayCount: number;
  readonly feeLimitSun: bigint;
};

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Whether books and lease of whoever asks are as new as what was seen before, and the attempt is the one to come. */
export const judgeHistory = (journal: Journal, request: SignRequest): Refused | null => {
  const { payout_id, attempt, txid, fence } = request;
  const highest = journal.highestFence();
  if (fence < highest)
    return refuse(
      "signer.fence",
      `fencing token ${fence} is older than ${highest}: another payer took over. If this one is the right one all the same, as after its store was put back or copied, stop the signer: lucid signer lower ${fence} "<reason>"`,
    );
  const same = journal.get(payout_id, attempt);
  if (same !== null && same.txid !== txid)
    return refuse(
      "signer.other_txid",
      `attempt ${attempt} of ${payout_id} was signed as transaction ${same.txid} and is never signed as another; the books that ask may have been put back`,
    );
  if (same === null && journal.isPaidElsewhere(payout_id))
    return refuse("signer.paid", `a person said that ${payout_id} was paid already`);
  const latest = journal.latest(payout_id);
  if (same === null && latest !== null && latest.attempt > attempt)
    return refuse(
      "signer.attempt_order",
      `attempt ${latest.attempt} of ${payout_id} was signed before`,
    );
  return judgeHead(journal, request);
};

/** An attempt that may still get in leaves no room for another. */
export const judgeBefore = (
  journal: Journal,
  { payout_id, attempt }: SignRequest,
): Refused | null => {
  const before = journal.latest(payout_id);
  if (before === null || before.attempt === attempt) return null;
  if (journal.isExpired(payout_id, before.attempt)) return null;
  return refuse(
    "signer.attempt_open",
    `attempt ${before.attempt} of ${payout_id} is signed and not proven dead`,
  );
};

const judgeHead = (journal: Journal, request: SignRequest): Refused | null => {
  const { account, seq, head_seq, head_hash } = request;
  const known = journal.head(account);
  const least = Math.max(seq, known?.seq ?? 0);
  if (head_seq < least)
    return refuse(
      "signer.head",
      `the books that ask end at ${account}#${head_seq}, and #${least} was seen before: they are older than this signer's journal`,
    );
  if (known === null || head_seq !== known.seq || head_hash === known.hash) return null;
  return refuse(
    "signer.head",
    `${account}#${head_seq} is another entry than the one that was seen before`,
  );
};

/** Whether the public log decided exactly this payout, for the address in force, long enough ago. */
export const judgeDebit = (
  request: SignRequest,
  debit: ProvenDebit | null,
  context: {
    readonly log: LogState;
    readonly delaySlots: number;
    readonly sinceMs: number;
    readonly nowMs: number;
  },
): Refused | null => {
  const { account, seq, payout_id } = request;
  const { log, delaySlots, sinceMs, nowMs } = context;
  if (debit === null)
    return refuse(
      "signer.debit_missing",
      `the log, ${log.size} blocks long, does not hold ${account}#${seq}`,
    );
  const { entry, slot, address } = debit;
  const other = firstDifference(request, debit);
  if (other !== null) return refuse("signer.debit_differs", other);
  if (debit.isReversed)
    return refuse("signer.reversed", `the log shows that ${payout_id} was given back`);
  if (address === null || entry.ref !== address)
    return refuse(
      "signer.recipient",
      `${entry.ref ?? "nobody"} is not the owner's address when the payout was decided, which is ${address ?? "unknown"}`,
    );
  if (slotAt(log.genesis, entry.at) > slot)
    return refuse("signer.debit_differs", `${account}#${seq} is dated ahead of its block`);
  if (slot - slotAt(log.genesis, entry.at) > log.genesis.slots_per_epoch)
    return refuse("signer.debit_differs", `${account}#${seq} is dated back by more than an epoch`);
  if (entry.at < sinceMs)
    return refuse(
      "signer.debit_old",
      `${payout_id} was decided before ${new Date(sinceMs).toISOString()}, from when on this journal is complete`,
    );
  const opens = slot + delaySlots;
  if (delaySlots === 0 || slotAt(log.genesis, nowMs) >= opens) return null;
  return refuse(
    "signer.debit_fresh",
    `its debit lies open in the log until slot ${opens} before it is signed`,
  );
};

const firstDifference = (request: SignRequest, { entry }: ProvenDebit): string | null => {
  const netMicro = entry.contra.find(({ account }) => account === "in_flight")?.amount_micro;
  const compared: [field: string, asked: unknown, sealed: unknown][] = [
    ["payout_id", `payout:${request.payout_id}`, entry.key],
    ["entry_hash", request.entry_hash, entry.hash],
    ["recipient", request.recipient, entry.ref],
    ["net_micro", request.net_micro, netMicro],
    ["gross_micro", (-BigInt(request.gross_micro)).toString(), entry.amount_micro],
    ["policy", request.policy, entry.policy],
  ];
  const other = compared.find(([, asked, sealed]) => asked !== sealed);
  if (other === undefined) return null;
  const [field, asked, sealed] = other;
  return `${field} is ${String(asked)}, but the debit in the log says ${String(sealed)}`;
};

/** What the caps leave room for; the transfer before it counts until it is proven dead. */
export const judgeCaps = (
  journal: Pick<Journal, "spentSince">,
  netMicro: bigint,
  { caps, nowMs }: { readonly caps: SignerCaps; readonly nowMs: number },
): Refused | null => {
  if (netMicro > caps.payoutMicro)
    return refuse(
      "signer.cap.payout",
      `${words(netMicro)} is above this signer's ${words(caps.payoutMicro)} for one payout`,
    );
  const hour = journal.spentSince(nowMs - HOUR_MS);
  if (hour.micro + netMicro > caps.hourMicro)
    return refuse(
      "signer.cap.hour",
      `${words(hour.micro)} were signed within an hour, of at most ${words(caps.hourMicro)}`,
    );
  const day = journal.spentSince(nowMs - DAY_MS);
  if (day.micro + netMicro > caps.dayMicro)
    return refuse(
      "signer.cap.day",
      `${words(day.micro)} were signed within 24 hours, of at most ${words(caps.dayMicro)}`,
    );
  if (day.count < caps.dayCount) return null;
  return refuse(
    "signer.cap.count",
    `${day.count} payouts were signed within 24 hours, of at most ${caps.dayCount}`,
  );
};

const words = (micro: bigint): string => `${formatUsdt(micro)} USDT`;

/** An attempt as its journal line keeps it. */
export const toMortal = (line: SignedLine) => ({
  txid: line.txid,
  refBlock: { number: line.ref_block_number, id: line.ref_block_id },
  expirationMs: line.expiration_ms,
});
