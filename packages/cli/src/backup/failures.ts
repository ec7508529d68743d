import { exitCode, type ExitCode, Failure } from "@lucid/agent";
import { exitCodeOf as exitCodeOfLog } from "@lucid/block-manager";
import { exitCodeOf } from "@lucid/node-management";

export const damaged = (path: string, detail: string, cause?: unknown): Failure =>
  new Failure("backup.damaged", `${path} is damaged: ${detail}`, {
    fix: "Use another copy of this backup, or another backup",
    exit: exitCode.folder,
    cause,
  });

export const logDamaged = (where: string, detail: string): Failure =>
  new Failure("backup.log", `the log at ${where} does not hold: ${detail}`, {
    fix: "Name another copy of the log with --from-log, for example a follower's address",
    exit: exitCode.folder,
  });

export const noBackup = (folder: string, cause: unknown): Failure =>
  new Failure("backup.missing", `${folder} is no backup: it has no manifest.json`, {
    fix: "Name the folder that lucid backup made, whole",
    exit: exitCode.folder,
    cause,
  });

export const newer = (message: string): Failure =>
  new Failure("backup.newer", message, {
    fix: "Run the program that made it, or a newer one",
    exit: exitCode.folder,
  });

export const otherNetwork = (message: string): Failure =>
  new Failure("backup.network", message, {
    fix: "Use a backup of this network",
    exit: exitCode.wrongNetwork,
  });

const LOG_FIX =
  "This is the log: `lucid blocks fsck` says what is wrong with it; put back a copy of it, or fetch it from a follower (BLOCK_MANAGER_PEERS)";

const fixes: Readonly<Record<string, string>> = {
  "documents.missing": "Name the network's folder with --data; its first start makes the store",
  "store.checkpoint": LOG_FIX,
  "store.damaged": LOG_FIX,
  "store.missing": LOG_FIX,
  "backup.fork": "Use another backup, or another copy of the log",
};

/** What features and engines throw, as the one line of a command with its exit code. */
export const explained = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error) || !("code" in error)) throw error;
    const code = String(error.code);
    // What the system says of a path is explained for every command alike.
    if (!code.includes(".")) throw error;
    const exits = [exitCodeOf(error), exitCodeOfLog(error)].filter(
      (exit) => exit !== exitCode.fault,
    );
    const isOfBackup = code.startsWith("backup.");
    const fix = fixes[code];
    throw new Failure(code, error.message, {
      ...(fix !== undefined && { fix }),
      exit: (isOfBackup ? exitCode.folder : (exits[0] ?? exitCode.fault)) as ExitCode,
      cause: error,
    });
  }
};
