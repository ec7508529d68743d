import { exitCodeIn, type ExitCodes } from "@lucid/platform/program";

/** Exit codes of the program; 1 is everything that is not listed. */
const codes: ExitCodes = [
  ["config.", 2],
  ["ERR_PARSE_ARGS", 2],
  ["tron.network.", 2],
  ["tron.key.malformed", 2],
  ["signer.key", 2],
  ["tron.", 3],
  ["signer.journal.other", 3],
  ["signer.journal.", 4],
  ["signer.socket.", 5],
];

/** 0 stopped, 1 a fault, 2 configuration or key, 3 another wallet, network or chain, 4 journal, 5 socket. */
export const exitCodeOf = (error: unknown): number => exitCodeIn(codes, error);
