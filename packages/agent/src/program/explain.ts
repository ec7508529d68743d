import { errorTable } from "@lucid/api";
import { ApiError } from "@lucid/api/client";
import { ProtocolError } from "@lucid/protocol";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { Failure } from "./failure.ts";

/** Any error as the one line that a person gets: code, message, fix and exit code. */
export const toFailure = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  if (error instanceof ApiError) return apiFailure(error);
  if (error instanceof ProtocolError)
    return new Failure(error.code, error.message, { exit: exitCode.usage, cause: error });
  return systemFailure(error) ?? brokenFailure(error);
};

const unreachable = new Set(["client.unreachable", "client.timeout"]);

/** The next step when something answers that is not the service of a network. */
export const NOT_LUCID =
  "This is no Lucid service: ask the network's people for its address, which looks like http://localhost:8095";

const apiFailure = (error: ApiError): Failure => {
  if (unreachable.has(error.code))
    return new Failure(error.code, error.message, {
      fix: "See that the service runs and that --service is its address",
      exit: exitCode.unreachable,
      cause: error,
    });
  const fix = fixOf(error.code);
  return new Failure(error.code, error.message, {
    ...(fix === undefined ? {} : { fix }),
    exit: exitOf(error.code),
    cause: error,
  });
};

const exitOf = (code: string): ExitCode =>
  code === "network.wrong" ? exitCode.wrongNetwork : exitCode.refused;

/** What to do at a terminal; most is said as well to whoever asks the API. */
const fixOf = (code: string): string | undefined => {
  if (code === "client.unexpected") return NOT_LUCID;
  if (code === "request.invalid") return "Correct it; --help shows what is expected";
  if (code === "enrol.header_hash")
    return "The service has not caught up yet: try again in a minute";
  const table: Readonly<Record<string, { readonly fix: string }>> = errorTable;
  return table[code]?.fix;
};

const folderProblems: Readonly<Record<string, string>> = {
  EACCES: "Give this user access to the folder, or choose another one with --data",
  EPERM: "Give this user access to the folder, or choose another one with --data",
  EROFS: "The disk is read-only: choose another folder with --data",
  ENOSPC: "The disk is full: make room and try again",
  ENOTDIR: "A part of the path is a file: choose another folder with --data",
  ENOENT: "Check the path",
  EISDIR: "The path is a folder where a file is wanted: check it",
};

const systemFailure = (error: unknown): Failure | null => {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string")
    return null;
  const fix = folderProblems[error.code];
  if (fix === undefined) return null;
  return new Failure("folder.access", error.message, { fix, exit: exitCode.folder, cause: error });
};

const brokenFailure = (error: unknown): Failure =>
  new Failure("program.fault", error instanceof Error ? error.message : String(error), {
    fix: "Run it again with LOG_LEVEL=debug to see where, and report it",
    cause: error,
  });
