import { type Signer, TronError } from "@lucid/tron";
import type { Journal as Lines } from "../../../packages/tron/src/signer/journal.ts";
import { formatRequest, type SignRequest } from "../../../packages/tron/src/signer/request.ts";
import { judgeHistory } from "../../../packages/tron/src/signer/rules.ts";

/** Puts its rules before a signer. */
export type Journal = (signer: Signer) => Signer;

/**
 * What the signer remembers beside its key, whatever becomes of the payer's store, and its rules about it. Its view of the
 * public log and of the chain have tests of their own.
 */
export const createJournal = (): Journal => {
  const lines: SignRequest[] = [];
  const journal = remember(lines);
  return (signer) => ({
    address: signer.address,
    sign: async (unsigned, order) => {
      const request = JSON.parse(formatRequest(unsigned, order)) as SignRequest;
      const refused = judgeHistory(journal, request);
      if (refused !== null)
        throw new TronError("tron.signer.refused", `the signer refuses: ${refused.detail}`);
      lines.push(request);
      return signer.sign(unsigned, order);
    },
  });
};

/** The questions that the rules ask of a journal. */
const remember = (lines: readonly SignRequest[]): Lines => {
  const toLine = (found: SignRequest | undefined) => (found ?? null) as ReturnType<Lines["latest"]>;
  const known: Pick<Lines, "get" | "latest" | "head" | "highestFence"> = {
    get: (payoutId, attempt) =>
      toLine(lines.find((line) => line.payout_id === payoutId && line.attempt === attempt)),
    latest: (payoutId) =>
      toLine(
        lines
          .filter(({ payout_id }) => payout_id === payoutId)
          .toSorted((a, b) => b.attempt - a.attempt)[0],
      ),
    head: (account) => {
      const [last] = lines
        .filter((line) => line.account === account)
        .toSorted((a, b) => b.seq - a.seq);
      return last === undefined ? null : { seq: last.seq, hash: last.entry_hash };
    },
    highestFence: () => Math.max(0, ...lines.map(({ fence }) => fence)),
  };
  return known as Lines;
};
