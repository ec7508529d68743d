import { isSignedByLog, type SignedCheckpoint } from "@lucid/protocol";
import type { Membership } from "../folder/index.ts";
import { type AlarmKind, compareCheckpoints, type LogAlarm } from "./alarm.ts";
import type { LogFiles } from "./files.ts";

/** A new alarm, and where its evidence lies; null when there is enough of it already. */
export type Raised = { readonly alarm: LogAlarm; readonly evidence: string | null };

/** What a node knows of the log that its pay rests on. */
export type LogMemory = {
  /** The largest checkpoint that the log signed and this node was ever shown. */
  largest(): SignedCheckpoint | null;
  /** Takes in what the service shows; an alarm when that contradicts what it showed before, once for each. */
  observe(shown: SignedCheckpoint): Promise<Raised | null>;
};

export type LogMemoryDeps = {
  readonly files: LogFiles;
  readonly now: () => number;
};

export const openLogMemory = async (
  { files, now }: LogMemoryDeps,
  { genesis, networkId, service }: Pick<Membership, "genesis" | "networkId" | "service">,
): Promise<LogMemory> => {
  const log = { origin: genesis.log_origin, logKey: genesis.log_key };
  let largest = await files.readCheckpoint();
  /** What the service was last found to do; it is news once. */
  let lastAlarm: { kind: AlarmKind; root: string } | null = null;

  const raise = async (kind: AlarmKind, shown: SignedCheckpoint): Promise<Raised | null> => {
    const isKnown =
      lastAlarm?.kind === kind && (kind === "went_back" || lastAlarm.root === shown.root);
    lastAlarm = { kind, root: shown.root };
    if (isKnown) return null;
    const alarm: LogAlarm = {
      kind,
      found_at: new Date(now()).toISOString(),
      network_id: networkId,
      log_origin: log.origin,
      log_key: log.logKey,
      service,
      remembered: largest,
      shown,
    };
    return { alarm, evidence: await files.keepEvidence(alarm) };
  };

  return {
    largest: () => largest,
    observe: async ({ size, root, signature }) => {
      const shown = { size, root, signature };
      const found = compareCheckpoints(largest, shown, (head) => isSignedByLog(head, log));
      if (found !== "same" && found !== "newer") return raise(found, shown);
      lastAlarm = null;
      if (found === "newer") {
        await files.writeCheckpoint(shown);
        largest = shown;
      }
      return null;
    },
  };
};
