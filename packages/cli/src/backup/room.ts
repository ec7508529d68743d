import { exitCode, Failure } from "@lucid/agent";

/** What the system, the store and the log say of a full disk. */
const causes = ["ENOSPC", "EDQUOT", "documents.full", "disk.full"];
/** Whoever calls knows more of what the folder is for. */
const full: ReadonlySet<unknown> = new Set(["backup.full", ...causes]);

/** Says of a full disk which one it is. Throws a Failure `backup.full` with what to do about it, and what `work` throws. */
export const withRoomIn = async <Result>(
  folder: string,
  fix: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !full.has(error.code)) throw error;
    throw new Failure("backup.full", `the disk of ${folder} is full`, {
      fix,
      exit: exitCode.folder,
      cause: error,
    });
  }
};
