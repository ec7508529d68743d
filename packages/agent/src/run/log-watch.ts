import type { SignedCheckpoint } from "@lucid/protocol";
import { describeAlarm, type LogMemory, type Raised } from "../log/index.ts";
import type { Report } from "./events.ts";

/** Tells what is wrong with the log that the service shows. Beacons go on all the same, also when the disk is full. */
export const createLogWatch = ({ log, report }: { log: LogMemory; report: Report }) => {
  let isForgetful = false;

  const observe = async (checkpoint: SignedCheckpoint): Promise<Raised | null> => {
    try {
      const raised = await log.observe(checkpoint);
      isForgetful = false;
      return raised;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (!isForgetful) report({ event: "log_not_kept", detail: error.message });
      isForgetful = true;
      return null;
    }
  };

  return async (checkpoint: SignedCheckpoint): Promise<void> => {
    const raised = await observe(checkpoint);
    if (raised === null) return;
    const { alarm, evidence } = raised;
    report({
      event: "log_alarm",
      kind: alarm.kind,
      shown_size: alarm.shown.size,
      remembered_size: alarm.remembered?.size ?? null,
      detail: describeAlarm(alarm),
      evidence,
    });
  };
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error;
