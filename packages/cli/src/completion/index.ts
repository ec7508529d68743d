import type { Io } from "@lucid/agent";
import completeInShells from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { bashWords } from "./bash-words.ts";

/** `lucid complete`: the script that a shell reads, and what that script asks at each Tab. */
export const addCompletion = (program: Command, io: Io): void => {
  completeInShells(program);
  const complete = program.commands.find((command) => command.name() === "complete");
  complete
    ?.description("completion for bash, zsh, fish or powershell: lucid complete bash")
    .hook("preAction", (_, { args }) => {
      if (args[0] === "bash" && !isQuestion(program)) io.stdout.write(bashWords);
    });
};

/** A script asks with `--` before the words; what completes asks commander for them just so. */
const isQuestion = (program: Command & { readonly rawArgs?: readonly string[] }): boolean =>
  program.rawArgs?.includes("--") === true;
