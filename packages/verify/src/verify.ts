import { createBooks } from "./checks/books.ts";
import type { Books } from "./checks/books.ts";
import type { Problem } from "./checks/problem.ts";
import { createTransfers } from "./checks/transfers.ts";
import type { TransferCheck } from "./checks/transfers.ts";
import { LogError } from "./log/index.ts";
import type { Log, LogBlock } from "./log/index.ts";
import { notCheckable } from "./report/not-checkable.ts";
import type { Mismatch, Report } from "./report/report.ts";
import { createTally } from "./report/tally.ts";

/** What is needed of a log: `openLog` answers more than that. */
export type VerifiableLog = Pick<Log, "genesis" | "networkId" | "isPinned"> & {
  readonly checkpoint: Pick<Log["checkpoint"], "size" | "cosignatures">;
  blocks(from: number, to: number): AsyncIterable<Omit<LogBlock, "state" | "entry">>;
};

export type VerifyOptions = {
  /** after each block: how many of how many were checked */
  readonly onProgress?: (progress: { readonly blocks: number; readonly size: number }) => void;
  /** looks confirmed payouts up on a chain; without it they are the operator's word */
  readonly tron?: TransferCheck;
  /** a monotonic clock in ms, for `seconds` */
  readonly monotonicMs?: () => number;
};

/**
 * Recomputes everything that a log says and stops at the first thing that does not follow, be it structure (codes
 * `log.*`) or content. Throws only what says nothing about the log: `SourceError`.
 */
export async function verifyLog(log: VerifiableLog, options: VerifyOptions = {}): Promise<Report> {
  const { monotonicMs = () => performance.now() } = options;
  const began = monotonicMs();
  const tally = createTally();
  const transfers = createTransfers({ tally, ask: options.tron });
  const books = createBooks({ network: log, tally, confirmed: transfers.confirmed });
  const found = await walk(log, books, transfers, options);
  const { size, cosignatures } = log.checkpoint;
  return {
    follows: found === null,
    height: size === 0 ? null : size - 1,
    checked: tally.checked(),
    attested: tally.attested(),
    not_checkable: notCheckable({
      isPinned: log.isPinned,
      cosignatures: cosignatures.length,
      waiting: books.waiting(),
      unknown: transfers.unknown,
    }),
    first_mismatch: found,
    seconds: (monotonicMs() - began) / 1000,
  };
}

async function walk(
  log: VerifiableLog,
  books: Books,
  transfers: ReturnType<typeof createTransfers>,
  { onProgress }: VerifyOptions,
): Promise<Mismatch | null> {
  const { size } = log.checkpoint;
  try {
    for await (const block of log.blocks(0, size)) {
      const found = books.add(block) ?? (await transfers.settle());
      if (found !== null) return problemToMismatch(found);
      onProgress?.({ blocks: block.height + 1, size });
    }
    return null;
  } catch (error) {
    if (error instanceof LogError) return logErrorToMismatch(error);
    throw error;
  }
}

const problemToMismatch = ({ code, detail, at }: Problem): Mismatch => ({
  height: at?.height ?? null,
  leaf: at?.leaf ?? null,
  code,
  detail,
});

/** What is wrong with the structure of a log, as a mismatch of a report. */
export const logErrorToMismatch = ({ code, place, message }: LogError): Mismatch => ({
  height: place.height ?? null,
  leaf: place.leaf ?? null,
  code: `log.${code}`,
  detail: message,
});
