import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { reasonOf, SignerFault } from "./fault.ts";

/** Where a journal ended when its last line was written: how many lines, and the last one's hash. */
export type Mark = { readonly lines: number; readonly hash: string };

/** The second file of a journal, of one line. Best on a disk that is not put back together with the journal's. */
export const readMark = (path: string): Mark | null => {
  if (!existsSync(path)) return null;
  const [, lines, hash = ""] = /^([0-9]+) ([0-9a-f]{64})\n$/.exec(readFileSync(path, "utf8")) ?? [];
  if (lines === undefined)
    throw new SignerFault("signer.journal.damaged", `${path} is no mark of a journal`);
  return { lines: Number(lines), hash };
};

/** On the disk before this returns, the one before or this one whole. Throws `signer.journal.mark`. */
export const writeMark = (path: string, { lines, hash }: Mark): void => {
  try {
    const next = `${path}.new`;
    withFile(next, "w", (file) => void writeSync(file, `${lines} ${hash}\n`));
    renameSync(next, path);
    withFile(dirname(path), "r", () => {});
  } catch (cause) {
    const message = `the journal's mark ${path} cannot be written: ${reasonOf(cause)}`;
    throw new SignerFault("signer.journal.mark", message, { cause });
  }
};

const withFile = (path: string, flags: "r" | "w", use: (file: number) => void): void => {
  const file = openSync(path, flags, 0o600);
  try {
    use(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
