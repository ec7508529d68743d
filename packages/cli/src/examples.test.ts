import { runProgram } from "@lucid/agent";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { nodeExamples } from "../../agent/src/commands/examples.ts";
import { createTestIo } from "../../agent/src/testing/io.ts";
import { examples } from "./examples.ts";
import { createProgram } from "./program.ts";

/** The program, in which every command only says that it was called. */
const rehearse = (called: string[]): Command => {
  const program = createProgram(createTestIo());
  const replace = (command: Command): void => {
    if (command.commands.length === 0 || command.registeredArguments.length > 0 || isRun(command))
      command.action(() => void called.push(pathOf(command)));
    command.commands.forEach(replace);
  };
  replace(program);
  return program;
};

const pathOf = (command: Command): string =>
  (command.parent?.parent ?? null) === null
    ? command.name()
    : `${pathOf(command.parent as Command)} ${command.name()}`;

/** Groups that do something by themselves. */
const isRun = (command: Command): boolean => ["admin nodes", "signer"].includes(pathOf(command));

const all = {
  ...examples,
  ...Object.fromEntries(Object.entries(nodeExamples).map(([path, of]) => [`node ${path}`, of])),
};

/** As a shell takes a line apart. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare);

test.each(Object.entries(all).filter(([path]) => path !== "complete"))(
  "what the help of %s gives as an example can be typed",
  async (path, lines) => {
    for (const line of lines) {
      const called: string[] = [];
      const io = createTestIo();
      const [name, ...args] = wordsOf(line);
      expect(name).toBe("lucid");
      const code = await runProgram(rehearse(called), args, io);
      expect(code, `${line}: ${io.err()}`).toBe(0);
      expect(called).toEqual([path]);
    }
  },
);

test("every command has an example, in its help", async () => {
  const program = createProgram(createTestIo());
  const leaves = (command: Command): string[] =>
    command.commands.length === 0 ? [pathOf(command)] : command.commands.flatMap(leaves);
  const without = program.commands.flatMap(leaves).filter((path) => !(path in all));
  expect(without).toEqual([]);
  const io = createTestIo();
  await runProgram(createProgram(io), ["payouts", "approve", "--help"], io);
  expect(io.out()).toContain('Example:\n  lucid payouts approve payout_… "checked with the owner"');
});
