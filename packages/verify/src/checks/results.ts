import type { EpochClosed, EpochResult, SettlementResult } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Deadlines } from "./deadlines.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

type Deps = {
  readonly deadlines: Deadlines;
  readonly tally: Tally;
  /** an epoch's records are complete: what they promise is due */
  readonly closed: (results: readonly EpochResult[], at: Placed<"epoch_closed">["at"]) => void;
};

type Expected = { readonly result: SettlementResult; readonly missing: Map<string, EpochResult> };

/** In the order in which one follows from the other: the first difference is where an error began. */
const RESULT_FIELDS = [
  "eligible",
  "present",
  "time",
  "time_known",
  "credits",
  "own",
  "alpha",
  "beta",
  "reputation",
  "contribution",
  "score",
  "valid",
  "reward_micro",
] as const satisfies (keyof EpochResult)[];

const CLOSED_FIELDS = [
  "count",
  "budget_micro",
  "total_micro",
  "root",
] as const satisfies (keyof EpochClosed)[];

/** Compares what the log says an epoch came to with what it comes to. */
export const createResults = ({ deadlines, tally, closed }: Deps) => {
  const epochs = new Map<number, Expected>();

  const checkResult = ({ data, at }: Placed<"epoch_result">) => {
    const { epoch, node_id } = data;
    const expected = epochs.get(epoch);
    const result = expected?.missing.get(node_id);
    const rank = RESULT_FIELDS.findIndex((field) => data[field] !== result?.[field]);
    const found = ((): Verdict => {
      if (expected === undefined)
        return problem(
          "epoch_result.unexpected",
          `Epoch ${epoch} is not due for settlement here, or was closed before, and yet there is a result of ${node_id}.`,
          at,
        );
      if (result === undefined)
        return problem(
          "epoch_result.unexpected",
          `${node_id} has no result to expect for epoch ${epoch}, or has one already.`,
          at,
        );
      const field = RESULT_FIELDS[rank];
      if (field === undefined) return null;
      return problem(
        `epoch_result.${field}`,
        `For epoch ${epoch} the log gives ${node_id} ${words[field]} ${data[field]}; from the evidence it is ${result[field]}.`,
        at,
      );
    })();
    if (found === null) {
      expected?.missing.delete(node_id);
      tally.check("epoch_results");
    }
    return { found, rank };
  };

  return {
    /** What the records of an epoch must say, from this block on. */
    expect: (epoch: number, result: SettlementResult, { height, slot }: TimedBlock): void => {
      const missing = new Map(result.results.map((of) => [of.node_id, of]));
      epochs.set(epoch, { result, missing });
      deadlines.expect(`epoch:${epoch}`, `the settlement of epoch ${epoch}`, {
        code: "epoch_closed.missing",
        detail: `Epoch ${epoch} was due for settlement after slot ${slot}, and the log goes on for more than an epoch without it.`,
        at: { height },
      });
    },

    /** All results of a block: of several that differ, the one that is wrong closest to the evidence. */
    checkResults: (placed: readonly Placed<"epoch_result">[]): Verdict => {
      const wrong = placed.map(checkResult).filter(({ found }) => found !== null);
      return wrong.toSorted((a, b) => a.rank - b.rank)[0]?.found ?? null;
    },

    checkClosed: ({ data, at }: Placed<"epoch_closed">): Verdict => {
      const { epoch } = data;
      const expected = epochs.get(epoch);
      if (expected === undefined)
        return problem(
          "epoch_closed.unexpected",
          `Epoch ${epoch} is closed here, but is not due, or was closed before.`,
          at,
        );
      const [left] = expected.missing.keys();
      if (left !== undefined)
        return problem(
          "epoch_result.missing",
          `Epoch ${epoch} is closed without a result of ${left}, which took part in it.`,
          at,
        );
      const field = CLOSED_FIELDS.find((name) => data[name] !== expected.result.closed[name]);
      if (field !== undefined)
        return problem(
          `epoch_closed.${field}`,
          `The log closes epoch ${epoch} with ${field} ${data[field]}; it is ${expected.result.closed[field]}.`,
          at,
        );
      epochs.delete(epoch);
      deadlines.meet(`epoch:${epoch}`);
      tally.check("epochs");
      closed(expected.result.results, at);
      return null;
    },
  };
};

const words: Record<(typeof RESULT_FIELDS)[number], string> = {
  eligible: "a number of slots that count of",
  present: "a number of beacons of",
  time: "an uptime (basis points) of",
  time_known: "an uptime known:",
  credits: "work credits of",
  own: "an own stake (basis points) of",
  alpha: "a reputation for of",
  beta: "a reputation against of",
  reputation: "a reputation (basis points) of",
  contribution: "a contribution (basis points) of",
  score: "a score (basis points) of",
  valid: "a valid score:",
  reward_micro: "a reward (micro-USDT) of",
};
