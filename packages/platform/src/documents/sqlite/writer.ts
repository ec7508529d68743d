import type { DatabaseSync } from "node:sqlite";
import { DocumentsError } from "../errors.ts";
import { isFaultOfStore, isLostReply, toDocumentsError } from "./faults.ts";

export type LostReply = { outcome: "unknown"; reason: string };

/** Commits what was asked for in one turn of the event loop as one group. Nobody is told before the COMMIT. */
export type Writer = {
  /** Runs `apply` inside the group's transaction. An error of the store itself rejects the whole group. */
  write<R>(apply: () => R): Promise<R | LostReply>;
  /** Why the last group failed; null after one that did not. */
  failure(): string | null;
  /** Commits what waits; refuses all later writes. */
  close(): void;
};

type Waiting = {
  apply: () => unknown;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
};
type Answer = { value: unknown } | { error: unknown };

export function createWriter(database: DatabaseSync): Writer {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  let waiting: Waiting[] = [];
  let closed = false;
  let lastFailure: string | null = null;

  return {
    write: <R>(apply: () => R) =>
      new Promise<R | LostReply>((resolve, reject) => {
        if (closed) return reject(new DocumentsError("documents.closed", "The store is closed"));
        if (waiting.push({ apply, resolve: resolve as Waiting["resolve"], reject }) === 1) {
          setImmediate(commitGroup);
        }
      }),
    failure: () => lastFailure,
    close: () => {
      commitGroup();
      closed = true;
    },
  };

  function commitGroup(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    let answers: Answer[];
    try {
      begin.run();
      answers = group.map(({ apply }) => answer(apply));
    } catch (error) {
      return fail(group, error);
    }
    try {
      commit.run();
    } catch (error) {
      return isLostReply(error) ? lose(group, error) : fail(group, error);
    }
    lastFailure = null;
    group.forEach(({ resolve, reject }, index) => {
      const done = answers[index];
      if (done !== undefined && "value" in done) resolve(done.value);
      else reject(done?.error);
    });
  }

  function answer(apply: () => unknown): Answer {
    try {
      return { value: apply() };
    } catch (error) {
      if (isFaultOfStore(error) || !database.isTransaction) throw error;
      return { error };
    }
  }

  /** The transaction is not in the file: every write of the group may simply be asked for again. */
  function fail(group: readonly Waiting[], error: unknown): void {
    const fault = toDocumentsError(error);
    rollBack(fault.message);
    for (const { reject } of group) reject(fault);
  }

  /** The transaction may or may not be found in the file later. */
  function lose(group: readonly Waiting[], error: unknown): void {
    const reason = toDocumentsError(error).message;
    rollBack(reason);
    for (const { resolve } of group) resolve({ outcome: "unknown", reason });
  }

  function rollBack(reason: string): void {
    lastFailure = reason;
    if (database.isTransaction) database.exec("ROLLBACK");
  }
}
