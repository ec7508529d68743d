/** What a program's exit code tells a script; documented in `--help` and the same for all programs of Lucid. */
export const exitCode = {
  ok: 0,
  fault: 1,
  usage: 2,
  wrongNetwork: 3,
  folder: 4,
  port: 5,
  refused: 6,
  unreachable: 7,
  finding: 8,
  restart: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export const exitCodeHelp = `
Exit codes:
  0    done
  1    something broke
  2    wrong usage or configuration
  3    another network or chain
  4    the data folder is missing, in use or damaged
  5    a port is taken
  6    the service refused
  7    service or database cannot be reached
  8    a check is not ok
  9    start it again: a command of the network
  130  interrupted before the end`;
