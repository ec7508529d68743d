import { copyFile, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { reasonOf, SignerFault } from "./fault.ts";
import { assertWhole } from "./journal-file.ts";

const ATTEMPTS = 20;
const BETWEEN_MS = 50;

/** Checks every page and every line of a journal that nobody uses. Throws `signer.journal.damaged`. */
export const checkJournal = (path: string): void => {
  const file = new DatabaseSync(path, { readOnly: true });
  try {
    assertWhole(file);
  } catch (cause) {
    throw new SignerFault("signer.journal.damaged", `${path} is damaged (${reasonOf(cause)})`, {
      cause,
    });
  } finally {
    file.close();
  }
};

/**
 * Copies the journal of a signer that may be writing: the bytes are taken as they lie there, and again until they make a
 * whole journal. Its mark is never copied, so that the signer notices a journal that was put back.
 * Throws `signer.journal.damaged`.
 */
export const copyJournal = async (from: string, to: string): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    await copyFile(from, to);
    try {
      checkJournal(to);
      return;
    } catch (error) {
      await rm(to);
      if (attempt === ATTEMPTS) throw error;
    }
    await pause(BETWEEN_MS);
  }
};
