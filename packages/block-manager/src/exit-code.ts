/** Exit codes of the program; 1 is everything that is not listed. */
const codes: readonly (readonly [prefix: string, code: number])[] = [
  ["config.", 2],
  ["ERR_PARSE_ARGS", 2],
  ["http.host", 2],
  ["network.genesis", 4],
  ["network.", 3],
  ["store.network", 3],
  ["store.key", 3],
  ["store.", 4],
  ["disk.", 4],
  ["data.", 4],
  ["http.port_taken", 5],
  ["EADDRINUSE", 5],
];

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** 0 stopped, 1 a fault, 2 configuration, 3 wrong network or key, 4 data folder, 5 port taken. */
export const exitCodeOf = (error: unknown): number => {
  const code = codeOf(error) || codeOf(error instanceof Error ? error.cause : undefined);
  return codes.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 1;
};
