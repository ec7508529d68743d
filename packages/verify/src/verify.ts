import { createBooks } from "./checks/books.ts";
import type { Books } from "./checks/books.ts";
import type { Problem } from "./checks/problem.ts";
import { createTransfers } from "./checks/transfers.ts";
import type { TransferCheck } from "./checks/transfers.ts";
import { LogError, openLog } from "./log/index.ts";
import type { Log, LogBlock, LogErrorCode, OpenLogOptions } from "./log/index.ts";
import { notCheckable } from "./report/not-checkable.ts";
import type { Mismatch, Report } from "./report/report.ts";
import { createTally } from "./report/tally.ts";
import type { Source } from "./source.ts";

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
  const transfers = createTransfers({ networkId: log.networkId, tally, ask: options.tron });
  const books = createBooks({ ...transfers, network: log, tally });
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

/** What is no log, or none yet, says nothing that could be false. */
const NOT_A_LOG: readonly LogErrorCode[] = ["network_missing", "network", "checkpoint_missing"];

/**
 * Opens the log of a source and verifies it. A checkpoint that does not hold, or another network than the one that was
 * asked for, is the first mismatch. Throws `SourceError`, and `LogError` when there is no log: `network_missing`,
 * `network`, `checkpoint_missing`.
 */
export async function verifySource(
  source: Source,
  options: VerifyOptions & OpenLogOptions = {},
): Promise<Report> {
  const opened = await openLog(source, options).catch(toMismatch);
  if (!("code" in opened)) return verifyLog(opened, options);
  const [checked, attested, height, seconds] = [{}, {}, null, 0];
  const not_checkable = ["Everything else: the log could not be opened."];
  return {
    follows: false,
    height,
    checked,
    attested,
    not_checkable,
    first_mismatch: opened,
    seconds,
  };
}

function toMismatch(error: unknown): Mismatch {
  if (error instanceof LogError && !NOT_A_LOG.includes(error.code))
    return logErrorToMismatch(error);
  throw error;
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
const logErrorToMismatch = ({ code, place, message }: LogError): Mismatch => ({
  height: place.height ?? null,
  leaf: place.leaf ?? null,
  code: `log.${code}`,
  detail: message,
});
