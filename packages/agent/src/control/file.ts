import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../folder/index.ts";
import { exitCode, Failure } from "../program/index.ts";

/** What became of a command, for the service. */
export type CommandReport = { readonly id: string; readonly outcome: "done" | "skipped" };

/** What a node remembers of the commands it was given. */
export type ControlState = {
  /** The number of the latest command that it ran; -1 before the first. */
  readonly last: number;
  /** No beacons are sent until it is started. */
  readonly stopped: boolean;
  /** What the service has not been told yet. */
  readonly reports: readonly CommandReport[];
};

/** `commands.json` in the node's folder: read once at the start, replaced whole whenever a command is run. */
export type ControlFile = {
  read(): Promise<ControlState>;
  write(state: ControlState): Promise<void>;
};

const before: ControlState = { last: -1, stopped: false, reports: [] };

export const openControlFile = (folder: string): ControlFile => {
  const path = join(folder, "commands.json");
  return {
    read: async () => {
      const text = await readFile(path, "utf8").catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw error;
      });
      return text === null ? before : parse(text, path);
    },
    write: (state) => replaceFile(path, `${JSON.stringify(state)}\n`),
  };
};

const parse = (text: string, path: string): ControlState => {
  try {
    const { last, stopped, reports } = JSON.parse(text) as ControlState;
    if (Number.isSafeInteger(last) && typeof stopped === "boolean" && Array.isArray(reports))
      return { last, stopped, reports };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new Failure("node.commands_damaged", `${path} is damaged`, {
    fix: "Move it away: the node then runs the commands again that have not expired",
    exit: exitCode.folder,
  });
};
