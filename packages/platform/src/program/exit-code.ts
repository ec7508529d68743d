/** Exit codes of a program by the beginning of an error's code; the first that fits counts. */
export type ExitCodes = readonly (readonly [prefix: string, exitCode: number])[];

/** The exit code for an error by its code, or by that of its cause when it has none; 1 for what is not listed. */
export const exitCodeIn = (codes: ExitCodes, error: unknown): number => {
  const code = codeOf(error) || codeOf(error instanceof Error ? error.cause : undefined);
  return codes.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 1;
};

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
