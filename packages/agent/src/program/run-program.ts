import { CommanderError, type Command } from "commander";
import { exitCode } from "./exit-code.ts";
import { toFailure } from "./explain.ts";
import { Failure } from "./failure.ts";
import type { Io } from "./io.ts";

/**
 * Runs a program with its arguments (without node and script).
 * @returns the exit code; every error has become one line on standard error
 */
export const runProgram = async (
  program: Command,
  args: readonly string[],
  io: Io,
): Promise<number> => {
  prepare(program, io);
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError && isAnswer(error)) return exitCode.ok;
    const failure =
      error instanceof CommanderError ? usageFailure(error, program) : toFailure(error);
    report(failure, args.includes("--json"), io);
    return failure.exit;
  }
};

/** Help and version, also the help that a group of commands shows when none is named. */
const isAnswer = ({ code, exitCode: exit }: CommanderError): boolean =>
  exit === 0 || code === "commander.help";

/** Commands inherit these settings only when they are added later, so each gets them. */
const prepare = (command: Command, io: Io): void => {
  command.exitOverride((error) => {
    throw isAnswer(error) ? error : usageFailure(error, command);
  });
  command.showSuggestionAfterError();
  command.configureHelp({ showGlobalOptions: true, minWidthToWrap: 20, subcommandTerm });
  command.configureOutput({
    writeOut: (text) => void io.stdout.write(text),
    writeErr: (text) => void io.stderr.write(text),
    outputError: () => {}, // reported once, below
    getOutHelpWidth: () => io.columns(),
    getErrHelpWidth: () => io.columns(),
  });
  for (const child of command.commands) prepare(child, io);
};

/** Name and arguments; that there are options is said by the command's own help. */
const subcommandTerm = (command: Command): string =>
  [
    command.name(),
    ...command.registeredArguments.map((argument) =>
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
    ),
  ].join(" ");

const usageFailure = (error: CommanderError, command: Command): Failure => {
  const meant = isUnknown(error) ? namesakes(command, command.args[0] ?? "") : [];
  const message = error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
  return new Failure("usage", message, {
    fix: meant.length === 0 ? `See ${pathOf(command)} --help` : `There is ${meant.join(" and ")}`,
    exit: exitCode.usage,
    cause: error,
  });
};

/** Unknown, and like nothing that is known here. */
const isUnknown = ({ code, message }: CommanderError): boolean =>
  code === "commander.unknownCommand" && !message.includes("Did you mean");

/** The commands of this name that stand further down. */
const namesakes = (command: Command, name: string): string[] =>
  command.commands.flatMap((child) => [
    ...(child.name() === name ? [pathOf(child)] : []),
    ...namesakes(child, name),
  ]);

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

const report = (failure: Failure, json: boolean, io: Io): void => {
  const { code, message, fix, told } = failure;
  if (json) io.stderr.write(`${JSON.stringify({ event: "error", code, message, fix })}\n`);
  else if (!told) io.stderr.write(`error: ${io.hint(oneLine(message, fix))}\n`);
  if (io.env["LOG_LEVEL"] !== "debug") return;
  for (let cause: unknown = failure; cause instanceof Error; cause = cause.cause)
    io.stderr.write(`${cause.stack ?? cause.message}\n`);
};

const oneLine = (message: string, fix: string | null): string => {
  const line = asSentence(message.replace(/\s*\n\s*/g, " "));
  return fix === null ? line : `${line} ${asSentence(fix)}`;
};

const asSentence = (text: string): string => {
  const bare = text.replace(/[.\s]+$/, "");
  return /[?!]$/.test(bare) ? bare : `${bare}.`;
};
