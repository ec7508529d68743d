import type { Collection } from "@lucid/platform/documents";
import { sortInTurns } from "../shared/sort-in-turns.ts";
import { type Page, pageOf, type PageRequest } from "../shared/page.ts";
import type { Ranked, EpochFigures } from "./contract.ts";
import { type EpochDocument, type EpochResultDocument, resultDocumentId } from "./documents.ts";
import { readResults } from "./results.ts";

export type BoardDeps = {
  readonly epochs: Collection<EpochDocument>;
  readonly results: Collection<EpochResultDocument>;
  readonly lastClosed: () => Promise<number | null>;
};

/** What is kept of a result to put it in its place. */
type Placed = Pick<EpochResultDocument, "node_id" | "score" | "credits">;

type Board = {
  readonly document: EpochDocument;
  readonly run: string;
  readonly ranking: readonly Placed[];
  readonly figures: EpochFigures;
};

/** The best comes first. */
const byPlace = (a: Placed, b: Placed): number =>
  b.score - a.score || b.credits - a.credits || (a.node_id < b.node_id ? -1 : 1);

const emptySums = { results: 0, valid: 0, present: 0, eligible: 0, credits: 0 };

/** The latest closed epoch as a whole, read once and kept until the next one is closed. */
export const createBoard = ({ epochs, results, lastClosed }: BoardDeps) => {
  let kept: Promise<Board | null> = Promise.resolve(null);

  const read = async (document: EpochDocument, run: string): Promise<Board> => {
    const placed: Placed[] = [];
    const sums = { ...emptySums };
    for await (const page of readResults(results, document.epoch, run))
      for (const { node_id, score, credits, present, eligible, valid } of page) {
        placed.push({ node_id, score, credits });
        sums.results += 1;
        sums.valid += Number(valid);
        sums.present += present;
        sums.eligible += eligible;
        sums.credits += credits;
      }
    const ranking = await sortInTurns(placed, byPlace);
    return { document, run, ranking, figures: { ...sums, score: spreadOf(ranking) } };
  };

  const current = async (): Promise<Board | null> => {
    const epoch = await lastClosed();
    const document = epoch === null ? null : await epochs.get(String(epoch));
    if (document?.run === undefined) return null;
    const { run } = document;
    const known = kept.then((board) =>
      board?.document.epoch === document.epoch ? board : read(document, run),
    );
    // What could not be read is tried again by whoever asks next.
    kept = known.catch(() => null);
    return known;
  };

  return {
    leaderboard: async (request: PageRequest): Promise<Page<Ranked>> => {
      const board = await current();
      const { page, limit, skip } = pageOf(request);
      const places = board?.ranking.slice(skip, skip + limit) ?? [];
      const found = await Promise.all(
        places.map(({ node_id }) =>
          results.get(resultDocumentId(board?.document.epoch ?? 0, board?.run ?? "", node_id)),
        ),
      );
      const items = found.flatMap((result, i) =>
        result === null ? [] : [{ rank: skip + i + 1, result }],
      );
      return { items, total: board?.ranking.length ?? 0, page, limit };
    },
    figures: async (): Promise<{ epoch: EpochDocument; figures: EpochFigures } | null> => {
      const board = await current();
      return board === null ? null : { epoch: board.document, figures: board.figures };
    },
  };
};

const spreadOf = (ranking: readonly Placed[]): EpochFigures["score"] => {
  const [best] = ranking;
  const worst = ranking.at(-1);
  const middle = ranking[Math.floor(ranking.length / 2)];
  if (best === undefined || worst === undefined || middle === undefined) return null;
  return { lowest: worst.score, median: middle.score, highest: best.score };
};
