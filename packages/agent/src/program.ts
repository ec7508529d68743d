import { Command } from "commander";
import { addNodeCommands } from "./commands/index.ts";
import { exitCodeHelp, type Io } from "./program/index.ts";
import { version } from "./version.ts";

/** `lucid-agent`: what `lucid node` does, as a program of its own for machines that run nothing else. */
export const createAgentProgram = (io: Io): Command => {
  const program = new Command("lucid-agent")
    .description("The program a node owner runs")
    .version(version)
    .option("--json", "one JSON object per line instead of sentences")
    .addHelpText("after", exitCodeHelp);
  return addNodeCommands(program, io);
};
