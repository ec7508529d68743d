import { Failure, type ExitCode } from "@lucid/agent";

/** What a service's own code threw, as the end of a command with the exit code that the service has for it. */
export const refusalOf = (
  error: unknown,
  exitCodeOf: (error: unknown) => number,
  what = "",
): Failure => {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "program.fault";
  const exit = exitCodeOf(error) as ExitCode;
  return new Failure(code, `${what}${message}`, { exit, cause: error });
};
