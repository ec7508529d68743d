import type { Block, ChainPort, Reading } from "@lucid/tron";
import { toMoment, toUsdt } from "../shared/view.ts";
import { findBlockAt } from "../treasury/index.ts";
import { advance, explain } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import { expireOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { MAX_CLOCK_DIFFERENCE_MS } from "./rules.ts";
import { stored } from "./sign.ts";

/** What one endpoint shows of the blocks in which a transfer could stand. */
type Absence =
  | { readonly kind: "absent"; readonly fromNumber: number; readonly lastBlockId: string }
  | { readonly kind: "present"; readonly number: number }
  | { readonly kind: "unknown"; readonly reason: string };

/** What could be in a block: everything from the reference block to the first block later than the expiration. */
type Span = {
  readonly txid: string;
  readonly refNumber: number;
  readonly refId: string;
  readonly expirationMs: number;
};

/** So many blocks are asked for at a time. */
const PAGE = 100;

/**
 * Reads, by number, every solidified block in which a transfer could stand. Only an unbroken row of linked blocks from
 * its reference block to one later than its expiration proves that it is in none.
 */
const readAbsence = async (chain: ChainPort, span: Span, signal: AbortSignal): Promise<Absence> => {
  const head = await chain.solidHead();
  if (!head.ok) return { kind: "unknown", reason: head.reason };
  let parentId: string | null = null;
  for (let from = span.refNumber; from <= head.value.number; from += PAGE) {
    if (signal.aborted) return { kind: "unknown", reason: "its blocks were not read to the end" };
    const page = await chain.solidBlocks(from, Math.min(from + PAGE, head.value.number + 1));
    if (!page.ok) return { kind: "unknown", reason: page.reason };
    for (const block of page.value) {
      const isLinked = parentId === null ? block.id === span.refId : block.parentId === parentId;
      if (!isLinked)
        return {
          kind: "unknown",
          reason: `block ${block.number} does not follow from the one before`,
        };
      if (block.txids.includes(span.txid)) return { kind: "present", number: block.number };
      if (block.timestampMs > span.expirationMs)
        return { kind: "absent", fromNumber: span.refNumber, lastBlockId: block.id };
      parentId = block.id;
    }
  }
  return { kind: "unknown", reason: "it shows no solidified block later than the expiration yet" };
};

/** Two endpoints prove it; where one is missing, a person's word stands in for it, never against what one shows. */
const PROOFS = 2;

/** A transfer whose time is over: expired with proof, otherwise parked with what the proof still lacks. */
export const expire = async (
  context: PayerContext,
  payout: PayoutDocument,
): Promise<PayoutDocument> => {
  const parked = payout.parked ? payout : await park(context, payout);
  // Of a Transfer that a person attributed nothing says from which block on it could stand anywhere.
  if (parked.attributed === true) return parked;
  const word = expireOf(parked);
  const { chains } = context.payer;
  if (chains.length < PROOFS && word === null) return parked;
  const answers = await Promise.all(chains.map((chain) => lookFor(context, parked, chain)));
  if (context.signal.aborted) return parked;
  const present = answers.find((answer) => answer.kind === "present");
  if (present !== undefined)
    return explain(
      context,
      parked,
      `waits: block ${present.number} holds it, its receipt does not show`,
    );
  const absences = answers.filter((answer) => answer.kind === "absent");
  const [absence] = absences;
  if (absence === undefined || absences.length < (word === null ? PROOFS : 1))
    return explain(context, parked, waitsForProof(parked, answers));
  const lastBlocks = absences.map(({ lastBlockId }) => lastBlockId);
  context.sentAt.delete(parked.id);
  return advance(context, parked, {
    state: "expired",
    parked: false,
    why:
      `Attempt ${parked.attempt} is provably dead: no block from ${absence.fromNumber} to its expiration holds it, ` +
      `as ${wordsOf(lastBlocks.length, word?.by)} show; ${toUsdt(parked.net_micro)} USDT are sent in a new attempt.`,
    expiries: [
      ...parked.expiries,
      {
        attempt: parked.attempt,
        txid: stored(parked, "txid"),
        from_block: absence.fromNumber,
        last_blocks: lastBlocks,
        ...(word !== null && lastBlocks.length < PROOFS && { by: word.by }),
      },
    ],
  });
};

const wordsOf = (endpoints: number, by: string | undefined): string => {
  if (endpoints >= PROOFS) return `${endpoints} endpoints`;
  return `one endpoint and ${by ?? "nobody"}`;
};

const lookFor = async (
  { signal }: PayerContext,
  payout: PayoutDocument,
  chain: ChainPort,
): Promise<Absence> => {
  const ref = await readReference(chain, payout);
  if (!ref.ok) return { kind: "unknown", reason: ref.reason };
  const span = {
    txid: stored(payout, "txid"),
    refNumber: ref.value.number,
    refId: ref.value.id,
    expirationMs: stored(payout, "expiration_ms"),
  };
  return readAbsence(chain, span, signal);
};

/**
 * A block that a transfer cannot stand before. Where the one that it names was lost with its bytes: the newest that the
 * endpoint shows from before the head that it was made on, with room for blocks that took the place of that head.
 */
const readReference = async (
  chain: ChainPort,
  payout: PayoutDocument,
): Promise<Reading<Pick<Block, "number" | "id">>> => {
  if (payout.raw_data === undefined)
    return findBlockAt(chain, stored(payout, "timestamp_ms") - MAX_CLOCK_DIFFERENCE_MS);
  const number = stored(payout, "ref_block_number");
  return { ok: true, value: { number, id: stored(payout, "ref_block_id") } };
};

const EXPIRED = "expired on the chain's clock at";

const waitsForProof = (payout: PayoutDocument, answers: readonly Absence[]): string => {
  const reasons = answers.flatMap((a) => (a.kind === "unknown" ? [a.reason] : []));
  return `${EXPIRED} ${toMoment(stored(payout, "expiration_ms"))}; waits for proof that it never got in: ${reasons.join("; ")}`;
};

const park = (context: PayerContext, payout: PayoutDocument): Promise<PayoutDocument> => {
  const canProve = context.payer.chains.length >= PROOFS;
  return advance(context, payout, {
    parked: true,
    why:
      `${EXPIRED} ${toMoment(stored(payout, "expiration_ms"))} without being seen in a solidified block; waits for proof ` +
      "from two endpoints that it never got in, and is not paid again before" +
      (canProve
        ? ""
        : `; with one endpoint a person decides: lucid payouts expire ${payout.id} "<reason>"`),
  });
};
