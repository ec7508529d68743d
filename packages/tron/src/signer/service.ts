import { fromHex } from "@lucid/protocol";
import { TronError } from "../error.ts";
import type { LocalSigner, NetworkProfile, UnsignedTransfer } from "../port.ts";
import { decodeTransfer } from "../raw-transfer.ts";
import { type Refused, refuse, type SignAnswer } from "./answer.ts";
import type { ChainView, Evidence } from "./chain-view.ts";
import { createComparison } from "./comparison.ts";
import { reasonOf } from "./fault.ts";
import type { Journal } from "./journal.ts";
import type { SignedLine } from "./journal-lines.ts";
import type { LogView } from "./log-view.ts";
import type { SignRequest } from "./request.ts";
import {
  judgeBefore,
  judgeCaps,
  judgeDebit,
  judgeHistory,
  type SignerCaps,
  toMortal,
} from "./rules.ts";
import { describeSigner, type SignerStatus } from "./status.ts";

export type SigningDeps = {
  readonly journal: Journal;
  readonly log: LogView;
  readonly chain: ChainView;
  readonly local: LocalSigner;
  readonly clock: { now(): number };
};

export type SigningOptions = {
  readonly profile: Pick<NetworkProfile, "name" | "token" | "endpoints">;
  readonly caps: SignerCaps;
  /** How long a debit lies open in the log before it is signed for. */
  readonly delaySlots: number;
  /** A transfer that expires later than this from now is not one that a payer makes. */
  readonly lifetimeMs: number;
  /** Whether the journal's mark lies where it is not put back together with the journal. */
  readonly isMarkApart: boolean;
};

export type Signing = {
  sign(request: SignRequest): Promise<SignAnswer>;
  status(): SignerStatus;
};

/** Decides about requests and signs. Evidence is gathered first; then it is decided, written and signed in one turn. */
export const createSigning = (deps: SigningDeps, options: SigningOptions): Signing => {
  const { journal, log, chain, local } = deps;
  /** Never backwards: what was counted stays counted. */
  const now = (): number => Math.max(deps.clock.now(), journal.lastMs());

  const compare = createComparison(
    { journal, chain, clock: deps.clock },
    { ...options, wallet: local.address },
  );

  const sign = async (request: SignRequest): Promise<SignAnswer> => {
    const made = signTransfer(local, request, options);
    if ("code" in made) return made;
    const early = judgeHistory(journal, request) ?? repeat(request, made.signed);
    if (early !== null) return early;
    const missing =
      judgeLifetime(made.unsigned, now(), options.lifetimeMs) ?? (await gather(request));
    if (missing !== null) return missing;
    // From here on nothing waits, so that no other request comes between.
    const again = judgeHistory(journal, request) ?? repeat(request, made.signed);
    if (again !== null) return again;
    const capped =
      judgeBefore(journal, request) ??
      judgeCaps(journal, made.unsigned.amountMicro, { caps: options.caps, nowMs: now() });
    if (capped !== null) return capped;
    journal.add("signed", toLine(request, made.unsigned, now()));
    return { ok: true, signed: made.signed };
  };

  /** The same bytes as before; a later payer's token is kept. */
  const repeat = (request: SignRequest, signed: string): SignAnswer | null => {
    if (journal.get(request.payout_id, request.attempt) === null) return null;
    if (request.fence > journal.highestFence())
      journal.add("fence", { fence: request.fence, at_ms: now() });
    return { ok: true, signed };
  };

  const gather = async (request: SignRequest): Promise<Refused | null> => {
    const refBlock = { number: request.ref_block_number, id: request.ref_block_id };
    return (
      (await askLog(request)) ??
      (await provePreviousDead(request)) ??
      toRefused(await chain.holdsBlock(refBlock), "signer.chain") ??
      (await compare())
    );
  };

  const askLog = async (request: SignRequest): Promise<Refused | null> => {
    try {
      const context = { log: await log.refresh(), delaySlots: options.delaySlots, nowMs: now() };
      const debit = log.debit(request.account, request.seq);
      return judgeDebit(request, debit, { ...context, sinceMs: journal.opened.since_ms });
    } catch (error) {
      return refuse(
        "signer.log",
        `the public log does not hold or could not be read: ${reasonOf(error)}`,
      );
    }
  };

  const provePreviousDead = async ({ payout_id }: SignRequest): Promise<Refused | null> => {
    const before = journal.latest(payout_id);
    if (before === null || journal.isExpired(payout_id, before.attempt)) return null;
    const proof = await chain.proveExpired(toMortal(before));
    if (!proof.ok)
      return refuse(
        "signer.attempt_open",
        `attempt ${before.attempt} of ${payout_id}, signed as transaction ${before.txid}, is not proven dead: ${proof.why}`,
      );
    const { attempt } = before;
    if (!journal.isExpired(payout_id, attempt))
      journal.add("expired", { payout_id, attempt, at_ms: now(), last_block: proof.value });
    return null;
  };

  return { sign, status: () => describeSigner(deps, options, now()) };
};

const toRefused = (evidence: Evidence<unknown>, code: "signer.chain"): Refused | null => {
  if (evidence.ok) return null;
  return refuse(evidence.contradicts ? code : "signer.chain_unknown", evidence.why);
};

type Made = { readonly unsigned: UnsignedTransfer; readonly signed: string };

/** Reads the bytes, and has them compared with what is asked, field by field and byte by byte. Nothing leaves yet. */
const signTransfer = (
  local: LocalSigner,
  request: SignRequest,
  { caps, profile }: SigningOptions,
): Made | Refused => {
  try {
    const { from, token, expirationMs, timestampMs, feeLimitSun } = decodeTransfer(
      fromHex(request.raw_data),
    );
    if (from !== local.address)
      return refuse(
        "signer.transfer",
        `the transfer is from ${from}; this signer's wallet is ${local.address}`,
      );
    if (token !== profile.token)
      return refuse(
        "signer.transfer",
        `the transfer is of the token ${token}, not of ${profile.token}`,
      );
    if (feeLimitSun > caps.feeLimitSun)
      return refuse(
        "signer.cap.fee",
        `it may burn ${feeLimitSun} sun; this signer allows ${caps.feeLimitSun}`,
      );
    const unsigned = {
      from,
      token,
      expirationMs,
      timestampMs,
      feeLimitSun,
      to: request.recipient,
      amountMicro: BigInt(request.net_micro),
      txid: request.txid,
      rawDataHex: request.raw_data,
      refBlockNumber: request.ref_block_number,
      refBlockId: request.ref_block_id,
    };
    return { unsigned, signed: local.sign(unsigned) };
  } catch (error) {
    if (error instanceof TronError) return refuse("signer.transfer", error.message);
    throw error;
  }
};

const judgeLifetime = (
  { expirationMs }: UnsignedTransfer,
  nowMs: number,
  lifetimeMs: number,
): Refused | null => {
  if (expirationMs <= nowMs)
    return refuse("signer.expired", "the transfer expired before it was signed");
  if (expirationMs <= nowMs + lifetimeMs) return null;
  return refuse(
    "signer.transfer",
    `the transfer expires later than ${lifetimeMs / 1000} s from now, which is more than SIGNER_MAX_LIFETIME: is the clock right?`,
  );
};

const toLine = (request: SignRequest, unsigned: UnsignedTransfer, nowMs: number): SignedLine => ({
  payout_id: request.payout_id,
  attempt: request.attempt,
  txid: request.txid,
  account: request.account,
  seq: request.seq,
  entry_hash: request.entry_hash,
  recipient: request.recipient,
  net_micro: request.net_micro,
  fence: request.fence,
  at_ms: nowMs,
  expiration_ms: unsigned.expirationMs,
  ref_block_number: request.ref_block_number,
  ref_block_id: request.ref_block_id,
});
