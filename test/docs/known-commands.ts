import { createProgram } from "../../packages/cli/src/program.ts";
import { createTestIo } from "../../packages/agent/src/testing/io.ts";

const program = createProgram(createTestIo());

type Command = typeof program;

const START =
  /(?:^|[\s;|&(])(?:npm run (?:--silent )?lucid --|npx lucid|lucid)[ \t]+(?!lucid )([^;|&\n)#]*)/g;

/** What is wrong with the commands of `lucid` in a text: a command or an option that there is not. */
export const unknownParts = (text: string): string[] =>
  [...text.replaceAll("\\\n", " ").matchAll(START)].flatMap(([, words = ""]) =>
    check(program, words.trim().split(/\s+/), []),
  );

const check = (command: Command, words: readonly string[], above: readonly Command[]): string[] => {
  const [first = "", ...others] = words;
  const child = command.commands.find((known) => known.name() === first);
  if (child !== undefined) return check(child, others, [command, ...above]);
  if (command.commands.length > 0 && /^[a-z]+$/.test(first) && !isRunnable(command))
    return [`${command.name()} has no command ${first}`];
  const options = [command, ...above].flatMap((known) => known.options.map(({ long }) => long));
  return words
    .filter((word) => /^--[a-z]/.test(word))
    .map((word) => word.replace(/=.*$/, "").replace(/[`.,]+$/, ""))
    .filter((flag) => !["--help", "--version", ...options].includes(flag))
    .map((flag) => `${command.name()} has no option ${flag}`);
};

/** A command that does something by itself takes words of its own. */
const isRunnable = (command: Command): boolean => command.registeredArguments.length > 0;
