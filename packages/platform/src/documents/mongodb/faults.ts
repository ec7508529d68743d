import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from "mongodb";
import { DocumentsError } from "../errors.ts";

const duplicateKey = 11_000;
const outOfDiskSpace = 14_031;
/** Unauthorized, AuthenticationFailed. */
const notLetIn = new Set([13, 18]);
/** The server stepped down or was interrupted with the write in hand: it may be found later or rolled back. */
const undecided = new Set([50, 64, 89, 91, 189, 11_600, 11_602]);

export const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === duplicateKey;

/** Index of the first document that was in the way of an ordered batch; null when the error is another one. */
export const firstDuplicate = (error: unknown): number | null => {
  if (!(error instanceof MongoBulkWriteError)) return null;
  const [first] = [error.writeErrors].flat();
  return first?.code === duplicateKey ? first.index : null;
};

/** Whether a write may be in or not: the reply was lost, or the server gave up while it wrote. */
export const isUndecided = (error: unknown): boolean => {
  if (error instanceof MongoServerSelectionError || isNeverSent(error)) return false;
  if (error instanceof MongoNetworkError || error instanceof MongoWriteConcernError) return true;
  // A batch that failed on its way carries the error of the connection inside.
  if (error instanceof MongoBulkWriteError)
    return error.result.getWriteConcernError() !== undefined || isUndecided(error.errorResponse);
  return error instanceof MongoServerError && undecided.has(Number(error.code));
};

/** The connections were cleared while the write waited for one. */
const isNeverSent = (error: unknown): boolean =>
  error instanceof MongoNetworkError && error.name === "MongoPoolClearedError";

const isClosed = (error: unknown): boolean =>
  error instanceof MongoClientClosedError ||
  error instanceof MongoTopologyClosedError ||
  error instanceof MongoNotConnectedError;

/** Errors of the driver as the port's; any other error as it is. */
export const toDocumentsError = (error: unknown): Error => {
  if (isClosed(error)) return new DocumentsError("documents.closed", "The store is closed");
  if (error instanceof MongoServerError && error.code === outOfDiskSpace)
    return new DocumentsError(
      "documents.full",
      `MongoDB has no room left (${error.message}); free some space`,
      { cause: error },
    );
  if (error instanceof MongoServerError && notLetIn.has(Number(error.code)))
    return new DocumentsError(
      "documents.refused",
      `MongoDB does not let us in (${error.message}): correct user, password and authSource in MONGODB_URI`,
      { cause: error },
    );
  if (error instanceof MongoServerSelectionError)
    return new DocumentsError(
      "documents.unreachable",
      `MongoDB cannot be reached (${error.message}): start it, or correct MONGODB_URI`,
      { cause: error },
    );
  if (error instanceof MongoError)
    return new DocumentsError("documents.failed", `MongoDB failed: ${error.message}`, {
      cause: error,
    });
  return error instanceof Error ? error : new Error(String(error));
};
