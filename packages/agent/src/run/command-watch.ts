import { ApiError } from "@lucid/api/client";
import type { Control } from "../control/index.ts";
import type { Report } from "./events.ts";
import type { Sender } from "./sender.ts";

/** Runs what the service hands over, and tells it what became of that. */
export type CommandWatch = {
  obey(received: readonly unknown[]): Promise<void>;
  /** Tells what is not told yet; what it is handed in return is run. */
  tell(): Promise<void>;
  /** Asks, also when there is nothing to tell; throws ApiError. */
  ask(): Promise<void>;
};

export const createCommandWatch = ({
  control,
  sender,
  report,
}: {
  readonly control: Control;
  readonly sender: Pick<Sender, "poll">;
  readonly report: Report;
}): CommandWatch => {
  /** A service that says the same wrong thing in every slot is told of once. */
  let lastRefused = "";

  /** Beacons go on also when the disk is full. */
  const keep = <T>(work: Promise<T>, otherwise: T): Promise<T> =>
    work.catch((error: unknown) => {
      if (!(error instanceof Error && "syscall" in error)) throw error;
      report({ event: "command_refused", code: "not_kept", detail: error.message });
      return otherwise;
    });

  const obey = async (received: readonly unknown[]): Promise<void> => {
    const obeyed = await keep(control.obey(received), []);
    for (const one of obeyed) {
      if (one.outcome === "run") report({ event: "command", id: one.id, action: one.action });
      else if (one.detail !== lastRefused) {
        lastRefused = one.detail;
        report({ event: "command_refused", code: one.code, detail: one.detail });
      }
    }
  };

  const ask = async (): Promise<void> => {
    const reports = control.reports();
    const received = await sender.poll(reports);
    if (reports.length > 0) await keep(control.told(reports), undefined);
    await obey(received);
  };

  return {
    obey,
    ask,
    tell: async () => {
      // That it restarts is told once it has.
      if (control.reports().length === 0 || control.wantsRestart()) return;
      await ask().catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        report({ event: "command_not_told", code: error.code, detail: error.message });
      });
    },
  };
};
