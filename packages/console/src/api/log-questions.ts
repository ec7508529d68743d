import { toHex } from "@lucid/protocol";
import type { Log } from "@lucid/verify";
import { findByHash, readBlock, readBlocks } from "../model/blocks.ts";
import { checkProof } from "../model/proof.ts";
import type { SinceSeen } from "./seen-checkpoint.ts";

/** A log and how it stands to what this browser has seen of it before. */
export type OpenedLog = { readonly log: Log; readonly since: SinceSeen };

/** Opens the log under the checkpoint that it shows now, or any that reaches a height. */
export type LogReader = {
  readonly now: () => Promise<OpenedLog>;
  readonly upTo: (height: number) => Promise<OpenedLog>;
};

/** What pages ask of the log; arguments and answers are plain data, for they pass between threads. */
export const questions = {
  size: async ({ now }: LogReader) => (await now()).log.checkpoint.size,

  facts: async ({ now }: LogReader) => {
    const { log, since } = await now();
    const { checkpoint, genesis, networkId } = log;
    const root = toHex(checkpoint.root);
    return { size: checkpoint.size, root, origin: genesis.log_origin, networkId, since };
  },

  blocks: async ({ now }: LogReader, page: number, limit: number) =>
    readBlocks((await now()).log, page, limit),

  heightOf: async ({ now }: LogReader, hash: string, most: number) =>
    findByHash((await now()).log, hash, most),

  block: async ({ upTo }: LogReader, height: number) => readBlock((await upTo(height)).log, height),

  body: async ({ upTo }: LogReader, height: number) => {
    const { log } = await upTo(height);
    return log.body((await log.entry(height)).entry.header);
  },

  leaf: async ({ upTo }: LogReader, height: number, index: number, hash: string | null) => {
    const { log } = await upTo(height);
    const proven = await log.leaf(height, index);
    return { proven, steps: checkProof(log, proven, hash) };
  },
};

type Questions = typeof questions;
export type Question = keyof Questions;
export type ArgumentsOf<Q extends Question> =
  Parameters<Questions[Q]> extends [LogReader, ...infer Rest] ? Rest : never;
export type AnswerTo<Q extends Question> = Awaited<ReturnType<Questions[Q]>>;
export type LogFacts = AnswerTo<"facts">;
