import { exitCodeIn, type ExitCodes } from "@lucid/platform/program";

/** Exit codes of the program; 1 is everything that is not listed. */
const codes: ExitCodes = [
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

/** 0 stopped, 1 a fault, 2 configuration, 3 wrong network or key, 4 data folder, 5 port taken. */
export const exitCodeOf = (error: unknown): number => exitCodeIn(codes, error);
