/** What a log leaves open. */
export type OpenQuestions = {
  readonly isPinned: boolean;
  readonly cosignatures: number;
  /** what is still owed, by topic */
  readonly waiting: ReadonlyMap<string, number>;
  /** how many transfers could not be looked up, by reason */
  readonly unknown: ReadonlyMap<string, number>;
};

/** What nobody can tell from this log, in sentences. */
export const notCheckable = ({
  isPinned,
  cosignatures,
  waiting,
  unknown,
}: OpenQuestions): string[] => [
  "Beacons that were sent and never acknowledged leave no trace in the log.",
  "One machine can pose as several nodes: the log proves keys, not machines.",
  ...(isPinned
    ? []
    : [
        "Whether this is the network you mean: give its id with --network-id, from somebody other than this source.",
      ]),
  ...(cosignatures > 0
    ? []
    : [
        "Whether others are shown the same log: nobody but its operator has signed this checkpoint.",
      ]),
  ...Array.from(
    waiting,
    ([topic, count]) =>
      `Not in the log yet, and not overdue: ${topic}${count > 1 ? ` (${count})` : ""}.`,
  ),
  ...Array.from(unknown, ([reason, count]) => `Whether ${count} payouts arrived: ${reason}.`),
];
