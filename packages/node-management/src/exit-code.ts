import { exitCodeIn, type ExitCodes } from "@lucid/platform/program";

/** Exit codes of the program; 1 is everything that is not listed. */
const codes: ExitCodes = [
  ["config.", 2],
  ["cache.", 2],
  ["ERR_PARSE_ARGS", 2],
  ["http.host", 2],
  ["tron.network.", 2],
  ["tron.key.malformed", 2],
  ["network.genesis", 4],
  ["network.", 3],
  ["policy.", 3],
  ["clock.", 3],
  ["ledger.", 3],
  ["payouts.", 3],
  ["tron.", 3],
  ["data.", 4],
  ["documents.refused", 2],
  ["documents.unsafe", 2],
  ["documents.unreachable", 7],
  ["documents.", 4],
  ["http.port_taken", 5],
  ["EADDRINUSE", 5],
];

/** 0 stopped, 1 a fault, 2 configuration, 3 wrong network, chain, clock or ledger, 4 data folder, 5 port taken, 7 database unreachable. */
export const exitCodeOf = (error: unknown): number => exitCodeIn(codes, error);
