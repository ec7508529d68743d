import { DocumentsError } from "../errors.ts";
import { toDocumentsError } from "./faults.ts";

/** What is asked of an open store; closing waits for it. */
export type Session = {
  run<R>(operation: () => Promise<R>): Promise<R>;
  /** Refuses what comes later and resolves when nothing is in flight. */
  close(): Promise<void>;
};

export const createSession = (): Session => {
  const inFlight = new Set<Promise<unknown>>();
  let isClosed = false;
  return {
    run: async (operation) => {
      if (isClosed) throw new DocumentsError("documents.closed", "The store is closed");
      const running = operation();
      const settled = running.then(
        () => undefined,
        () => undefined,
      );
      inFlight.add(settled);
      try {
        return await running;
      } catch (error) {
        throw toDocumentsError(error);
      } finally {
        inFlight.delete(settled);
      }
    },
    close: async () => {
      isClosed = true;
      await Promise.all(inFlight);
    },
  };
};
