import { access, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isSignedByLog, type SignedCheckpoint } from "@lucid/protocol";
import type { Membership } from "../folder/index.ts";
import { replaceFile } from "../folder/index.ts";
import { exitCode, Failure } from "../program/index.ts";
import type { LogAlarm } from "./alarm.ts";

/** A service that lies in every slot must not fill the disk. */
const MOST_EVIDENCE = 100;

/** What a node keeps of the log: `checkpoint.json`, the largest one it was shown, and `evidence/` against the log. */
export type LogFiles = {
  /** null before the first; refuses one that is damaged. */
  readCheckpoint(): Promise<SignedCheckpoint | null>;
  writeCheckpoint(head: SignedCheckpoint): Promise<void>;
  /** Oldest first. */
  readEvidence(): Promise<LogAlarm[]>;
  /** The path of the file; null when there is enough already. Evidence that is there stays as it is. */
  keepEvidence(alarm: LogAlarm): Promise<string | null>;
};

export const openLogFiles = (
  folder: string,
  { genesis }: Pick<Membership, "genesis">,
): LogFiles => {
  const checkpointPath = join(folder, "checkpoint.json");
  const evidencePath = join(folder, "evidence");
  const log = { origin: genesis.log_origin, logKey: genesis.log_key };

  const listEvidence = async (): Promise<string[]> => {
    const names = (await unlessMissing(readdir(evidencePath))) ?? [];
    return names.filter((name) => name.endsWith(".json"));
  };

  return {
    readCheckpoint: async () => {
      const text = await unlessMissing(readFile(checkpointPath, "utf8"));
      if (text === null) return null;
      const head = parseCheckpoint(text);
      if (head !== null && isSignedByLog(head, log)) return head;
      throw new Failure("node.checkpoint_damaged", `${checkpointPath} is damaged`, {
        fix: "Move it away: the node then remembers the log anew from the next beacon on",
        exit: exitCode.folder,
      });
    },
    writeCheckpoint: (head) => replaceFile(checkpointPath, `${JSON.stringify(head)}\n`),
    readEvidence: async () => {
      const names = await listEvidence();
      const texts = await Promise.all(names.map((name) => readFile(join(evidencePath, name))));
      const alarms = texts.map((text) => JSON.parse(text.toString()) as LogAlarm);
      return alarms.toSorted((a, b) => (a.found_at < b.found_at ? -1 : 1));
    },
    keepEvidence: async (alarm) => {
      const path = join(evidencePath, nameOf(alarm));
      if ((await unlessMissing(access(path))) !== null) return path;
      if ((await listEvidence()).length >= MOST_EVIDENCE) return null;
      await mkdir(evidencePath, { recursive: true, mode: 0o700 });
      await replaceFile(path, `${JSON.stringify(alarm, null, 2)}\n`);
      return path;
    },
  };
};

const nameOf = ({ kind, remembered, shown }: LogAlarm): string =>
  `${kind}-${shown.size}-${shown.root}-after-${remembered?.size ?? 0}.json`;

const parseCheckpoint = (text: string): SignedCheckpoint | null => {
  try {
    const { size, root, signature } = JSON.parse(text) as SignedCheckpoint;
    return { size, root, signature };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
};

/** null instead of an error for a file or folder that is not there. */
const unlessMissing = async <T>(reading: Promise<T>): Promise<T | null> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
};
