import type { Collection } from "@lucid/platform/documents";
import { sortInTurns } from "../shared/sort-in-turns.ts";
import { type Page, pageOf, type PageRequest } from "../shared/page.ts";
import type { Ranked, EpochFigures } from "./contract.ts";
import { type ClosedEpoch, type EpochResultDocument, resultDocumentId } from "./documents.ts";
import type { Newest } from "./newest.ts";
import { readResults } from "./results.ts";

export type BoardDeps = {
  readonly results: Collection<EpochResultDocument>;
  readonly newest: Pick<Newest, "known">;
};

/** What is kept of a result to put it in its place. */
type Placed = Pick<EpochResultDocument, "node_id" | "score" | "credits">;

type Board = {
  readonly epoch: ClosedEpoch;
  readonly ranking: readonly Placed[];
  readonly figures: EpochFigures;
};

/** The best comes first. */
const byPlace = (a: Placed, b: Placed): number =>
  b.score - a.score || b.credits - a.credits || (a.node_id < b.node_id ? -1 : 1);

const emptySums = { results: 0, valid: 0, present: 0, eligible: 0, credits: 0 };

/** The latest closed epoch as a whole, read once and kept until the next one is closed. */
export const createBoard = ({ results, newest }: BoardDeps) => {
  let kept: Promise<Board | null> = Promise.resolve(null);

  const read = async (epoch: ClosedEpoch): Promise<Board> => {
    const placed: Placed[] = [];
    const sums = { ...emptySums };
    for await (const page of readResults(results, epoch.epoch, epoch.run))
      for (const { node_id, score, credits, present, eligible, valid } of page) {
        placed.push({ node_id, score, credits });
        sums.results += 1;
        sums.valid += Number(valid);
        sums.present += present;
        sums.eligible += eligible;
        sums.credits += credits;
      }
    const ranking = await sortInTurns(placed, byPlace);
    return { epoch, ranking, figures: { ...sums, score: spreadOf(ranking) } };
  };

  const current = async (): Promise<Board | null> => {
    const epoch = await newest.known();
    if (epoch === null) return null;
    const known = kept.then((board) => (board?.epoch.epoch === epoch.epoch ? board : read(epoch)));
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
          results.get(resultDocumentId(board?.epoch.epoch ?? 0, board?.epoch.run ?? "", node_id)),
        ),
      );
      const items = found.flatMap((result, i) =>
        result === null ? [] : [{ rank: skip + i + 1, result }],
      );
      return { items, total: board?.ranking.length ?? 0, page, limit };
    },
    figures: async (): Promise<{ epoch: ClosedEpoch; figures: EpochFigures } | null> => {
      const board = await current();
      return board === null ? null : { epoch: board.epoch, figures: board.figures };
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
