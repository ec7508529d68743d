import { exitCode, Failure } from "@lucid/agent";
import { LogError, SourceError, verifySource, type Report } from "@lucid/verify";
import { openSource } from "./open-source.ts";

/** The report about the log that an address or a folder holds; a source that cannot be read is no verdict about it. */
export const judge = async (
  where: string,
  options: Parameters<typeof verifySource>[1],
): Promise<Report> => {
  try {
    return await verifySource(await openSource(where), options);
  } catch (error) {
    throw toFailure(error);
  }
};

/** What says nothing about a log, because there is none or it cannot be read, as the one line of a command. */
export const toFailure = (error: unknown): unknown => {
  if (error instanceof SourceError)
    return unreadable(
      error.code,
      error,
      "Check the address (http://… or https://…) or folder, and try again",
    );
  if (error instanceof LogError)
    return unreadable(`log.${error.code}`, error, "Give the address or folder of a log");
  return error;
};

const unreadable = (code: string, error: Error, fix: string): Failure =>
  new Failure(code, error.message, { fix, exit: exitCode.usage, cause: error });
