import { type Io, runProgram } from "@lucid/agent";
import { createTestIo, type TestIo } from "../../../agent/src/testing/io.ts";
import { createProgram } from "../program.ts";

export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON lines. */
  readonly lines: ReturnType<TestIo["lines"]>;
};

export type RunOptions = Parameters<typeof createTestIo>[0] & Partial<Pick<Io, "clock">>;

/** `lucid` with these words, in this process, by a clock of its own unless it is given one. */
export const runLucid = async (
  words: readonly string[],
  { clock, ...more }: RunOptions = {},
): Promise<Ran> => {
  const told = createTestIo(more);
  const io = clock === undefined ? told : { ...told, clock };
  const code = await runProgram(createProgram(io), words, io);
  return {
    code,
    out: told.out(),
    err: told.err(),
    get lines() {
      return told.lines();
    },
  };
};
