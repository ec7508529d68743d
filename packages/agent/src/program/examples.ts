import type { Command } from "commander";
import type { Io } from "./io.ts";

/** What to type, by the names of commands below a program: `pool join`. */
export type Examples = Readonly<Record<string, readonly string[]>>;

/** Puts examples below the help of their commands. Throws when there is no such command. */
export const addExamples = (parent: Command, examples: Examples, io: Pick<Io, "hint">): void => {
  for (const [path, lines] of Object.entries(examples)) {
    const shown = [
      lines.length === 1 ? "Example:" : "Examples:",
      ...lines.map((line) => `  ${line}`),
    ];
    descend(parent, path).addHelpText("after", () => `\n${io.hint(shown.join("\n"))}`);
  }
};

const descend = (parent: Command, path: string): Command =>
  path.split(" ").reduce((command, name) => {
    const child = command.commands.find((known) => known.name() === name);
    if (child === undefined) throw new Error(`${command.name()} has no command ${name}`);
    return child;
  }, parent);
