import { checkCommand, type Command, commandNumber } from "@lucid/protocol";
import type { CommandReport, ControlFile, ControlState } from "./file.ts";

/** A command that was run, or refused with the reason. */
export type Obeyed =
  | { readonly outcome: "run"; readonly id: string; readonly action: Command["action"] }
  | { readonly outcome: "refused"; readonly code: string; readonly detail: string };

/** What the people of a network ask of this node, each thing once, across restarts. */
export type Control = {
  /** Whether beacons are held back. */
  isStopped(): boolean;
  /** Whether the program has to start itself anew. */
  wantsRestart(): boolean;
  /** What the service has not been told. */
  reports(): readonly CommandReport[];
  /**
   * Runs commands as they were received, in the order of their numbers; each is written down before it has an effect.
   * @throws what the file system throws; nothing was run then
   */
  obey(received: readonly unknown[]): Promise<Obeyed[]>;
  /** Forgets what the service was told. */
  told(reports: readonly CommandReport[]): Promise<void>;
};

export type ControlOptions = {
  readonly networkId: string;
  /** hex, of the genesis */
  readonly networkKey: string;
  readonly nodeId: string;
};

export const openControl = async (
  { file, now }: { readonly file: ControlFile; readonly now: () => number },
  { networkId, networkKey, nodeId }: ControlOptions,
): Promise<Control> => {
  let state = await file.read();
  let restart = false;

  const replace = async (next: ControlState): Promise<void> => {
    await file.write(next);
    state = next;
  };

  const numberOf = (command: unknown): number => {
    const id = typeof command === "object" && command !== null && "id" in command ? command.id : "";
    return (typeof id === "string" ? commandNumber(nodeId, id) : null) ?? -1;
  };

  const obeyOne = async (received: unknown): Promise<Obeyed | null> => {
    const scene = { nodeId, networkKey, nowMs: now(), lastNumber: state.last };
    const verdict = checkCommand(networkId, received, scene);
    if (verdict.ok) return run(received as Command);
    if (verdict.code === "expired") return null;
    if (verdict.code !== "replayed") return { outcome: "refused", ...verdict };
    const { id } = received as Command;
    if (!state.reports.some((report) => report.id === id)) await note({ id, outcome: "skipped" });
    return null;
  };

  const note = (report: CommandReport): Promise<void> =>
    replace({ ...state, reports: [...state.reports, report] });

  const run = async ({ id, action }: Command): Promise<Obeyed> => {
    if (action === "update") {
      const detail = `${id}: this version does not update itself`;
      return { outcome: "refused", code: "unsupported", detail };
    }
    await replace({
      last: numberOf({ id }),
      stopped: action === "restart" ? state.stopped : action === "stop",
      reports: [...state.reports, { id, outcome: "done" }],
    });
    if (action === "restart") restart = true;
    return { outcome: "run", id, action };
  };

  return {
    isStopped: () => state.stopped,
    wantsRestart: () => restart,
    reports: () => state.reports,
    obey: async (received) => {
      const obeyed: Obeyed[] = [];
      for (const command of received.toSorted((a, b) => numberOf(a) - numberOf(b))) {
        const one = await obeyOne(command);
        if (one !== null) obeyed.push(one);
      }
      return obeyed;
    },
    told: (reports) =>
      replace({
        ...state,
        reports: state.reports.filter(({ id }) => !reports.some((one) => one.id === id)),
      }),
  };
};
