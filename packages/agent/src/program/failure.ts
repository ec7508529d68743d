import { exitCode, type ExitCode } from "./exit-code.ts";

export type FailureOptions = {
  readonly fix?: string;
  readonly exit?: ExitCode;
  /** The person has read on standard output what to do: no error line, except with `--json`. */
  readonly told?: boolean;
  readonly cause?: unknown;
};

/** The end of a command: a stable code, one line for the person, and what to do about it. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: string;
  readonly fix: string | null;
  readonly exit: ExitCode;
  readonly told: boolean;

  constructor(code: string, message: string, { fix, exit, told, cause }: FailureOptions = {}) {
    super(message, { cause });
    this.code = code;
    this.fix = fix ?? null;
    this.exit = exit ?? exitCode.fault;
    this.told = told ?? false;
  }
}
