import type { NetworkEvent } from "@lucid/api";
import type { Events } from "@lucid/platform/events";
import type { ChainPort } from "@lucid/tron";
import type { PayerContext, Payouts, Shut } from "./contract.ts";
import { readAvailable, type Short } from "./cover.ts";
import type { Desk } from "./desk.ts";
import { runPayouts } from "./run.ts";
import { createSchedule } from "./schedule.ts";

export type RunsDeps = Omit<PayerContext, "sentAt" | "verified" | "fence" | "signal"> & {
  readonly events: Pick<Events<NetworkEvent>, "subscribe">;
  readonly desk: Desk;
};

/** One run after the other: what each has to look at, what it remembers of those before it, and the word it leaves. */
export const createRuns = ({ desk, ...deps }: RunsDeps): Payouts["run"] => {
  const { clock, options } = deps;
  const schedule = createSchedule(clock, options.periodMs);
  const memory = { sentAt: new Map<string, number>(), verified: new Set<ChainPort>() };
  let shut: Shut | null = null;
  let short: Short | null = null;
  let isFirst = true;
  deps.events.subscribe((event) => {
    if (event.type === "epoch" && event.state === "closed") schedule.request();
  });

  return async (signal, { token }) => {
    await desk.follow();
    const { asked, answered } = desk.known();
    if (asked > answered) schedule.request();
    const isScheduled = schedule.begin();
    const context: PayerContext = { ...deps, ...memory, fence: token, signal };
    const wantsNew = isScheduled || (short !== null && (await isTopped(context, short)));
    let isMoreDue = wantsNew;
    try {
      const isShut = isFirst || shut !== null;
      const outcome = await runPayouts(context, { wantsNew, isShut });
      ({ shut, isMoreDue } = outcome);
      if (outcome.short !== undefined) short = outcome.short;
      isFirst = false;
    } catch (error) {
      const broken = error instanceof Error ? error.message : String(error);
      shut = { state: "waiting", reason: `the last run broke off: ${broken}` };
      throw error;
    } finally {
      if (wantsNew) schedule.end(isMoreDue);
      const { looked_at, is_more_due } = desk.known();
      await desk.tell({
        fence: token,
        answered: wantsNew ? asked : answered,
        looked_at: wantsNew ? clock.now() : looked_at,
        is_more_due: wantsNew ? isMoreDue : is_more_due,
        shut: shut ?? short?.shut ?? null,
      });
    }
  };
};

/** Whether the wallet has by now what was missing when due owners were last looked for. */
const isTopped = async (context: PayerContext, { neededMicro }: Short): Promise<boolean> => {
  const available = await readAvailable(context);
  return available.ok && available.value.micro >= neededMicro;
};
