import type { ChainPort } from "@lucid/tron";
import { toMoment, toUsdt } from "../shared/view.ts";
import { advance, explain } from "./advance.ts";
import type { PayerContext } from "./contract.ts";
import { expireOf } from "./decisions.ts";
import type { PayoutDocument } from "./documents.ts";
import { stored } from "./sign.ts";

/** What one endpoint shows of the blocks in which a transfer could stand. */
export type Absence =
  | { readonly kind: "absent"; readonly lastBlockId: string }
  | { readonly kind: "present"; readonly number: number }
  | { readonly kind: "unknown"; readonly reason: string };

/** What could be in a block: everything from the reference block to the first block later than the expiration. */
export type Span = {
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
export const readAbsence = async (chain: ChainPort, span: Span): Promise<Absence> => {
  const head = await chain.solidHead();
  if (!head.ok) return { kind: "unknown", reason: head.reason };
  let parentId: string | null = null;
  for (let from = span.refNumber; from <= head.value.number; from += PAGE) {
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
      if (block.timestampMs > span.expirationMs) return { kind: "absent", lastBlockId: block.id };
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
  const span = toSpan(parked);
  if (span === null) return parked;
  const word = expireOf(parked);
  const { chains } = context.payer;
  if (chains.length < PROOFS && word === null) return parked;
  const answers = await Promise.all(chains.map((chain) => readAbsence(chain, span)));
  const present = answers.find((answer) => answer.kind === "present");
  if (present !== undefined)
    return explain(
      context,
      parked,
      `waits: block ${present.number} holds it, its receipt does not show`,
    );
  const lastBlocks = answers.flatMap((a) => (a.kind === "absent" ? [a.lastBlockId] : []));
  if (lastBlocks.length < (word === null ? PROOFS : 1))
    return explain(context, parked, waitsForProof(parked, answers));
  context.sentAt.delete(parked.id);
  return advance(context, parked, {
    state: "expired",
    parked: false,
    why:
      `Attempt ${parked.attempt} is provably dead: no block from ${span.refNumber} to its expiration holds it, ` +
      `as ${wordsOf(lastBlocks.length, word?.by)} show; ${toUsdt(parked.net_micro)} USDT are sent in a new attempt.`,
    expiries: [
      ...parked.expiries,
      {
        attempt: parked.attempt,
        txid: span.txid,
        from_block: span.refNumber,
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

/** Null for a Transfer that a person attributed: nothing says from which block on it could stand anywhere. */
const toSpan = (payout: PayoutDocument): Span | null => {
  if (payout.ref_block_number === undefined || payout.attributed === true) return null;
  return {
    txid: stored(payout, "txid"),
    refNumber: payout.ref_block_number,
    refId: stored(payout, "ref_block_id"),
    expirationMs: stored(payout, "expiration_ms"),
  };
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
