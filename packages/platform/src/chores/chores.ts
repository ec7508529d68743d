import type { Clock } from "../clock/index.ts";
import type { Leases } from "../leases/index.ts";
import type { Log } from "../log/index.ts";
import type { Metrics } from "../metrics/index.ts";
import { type Chore, createChore } from "./chore.ts";
import { createObserver } from "./observer.ts";
import type { ChoreDefinition, Chores } from "./port.ts";
import { createTenure } from "./tenure.ts";

type Deps = {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Needed by chores that declare a lease. */
  leases?: Leases;
  /** From 0 up to 1, for jitter. */
  random?: () => number;
};

/** How long stopping waits for runs that were told to end. */
const stopWithinMs = 10_000;

export function createChores({ clock, log, metrics, leases, random = Math.random }: Deps): Chores {
  const chores = new Map<string, Chore>();
  const lives: Promise<void>[] = [];
  const stop = new AbortController();
  const observer = createObserver({ log, metrics });
  let started = false;

  return {
    define: (definition) => {
      if (chores.has(definition.name))
        throw new Error(`Chore "${definition.name}" is defined twice`);
      const chore = createChore(
        { clock, random, observer, tenure: tenureFor(definition) },
        definition,
      );
      chores.set(definition.name, chore);
      if (started) lives.push(chore.live(stop.signal));
    },
    start: () => {
      if (started) return;
      started = true;
      for (const chore of chores.values()) lives.push(chore.live(stop.signal));
    },
    status: () => [...chores.values()].map((chore) => chore.status()),
    runNow: async (name) => {
      const chore = chores.get(name);
      if (chore === undefined) throw new Error(`No chore is called "${name}"`);
      if (!started || stop.signal.aborted)
        throw new Error(`Chore "${name}" cannot run: chores are not started`);
      await chore.runNow();
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      const all = new AbortController();
      const ended = Promise.all(lives).finally(() => all.abort());
      await Promise.race([ended, clock.sleep(stopWithinMs, all.signal)]);
      const left = [...chores.values()]
        .map((chore) => chore.status())
        .filter(({ state }) => state === "running");
      for (const { name } of left)
        log.warn({ chore: name }, "chore did not stop in time and is left behind");
    },
  };

  function tenureFor({ name, lease }: ChoreDefinition) {
    if (lease !== true) return null;
    if (leases === undefined) throw new Error(`Chore "${name}" needs leases`);
    return createTenure({ clock, leases, log }, name);
  }
}
