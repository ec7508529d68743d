import { network, openLog, sealedSlots } from "../../append/testing/scene.ts";
import { type CrashMachine, createCrashMachine } from "../../disk/testing/crash-machine.ts";
import type { Store } from "../index.ts";

export const asAppender = { mode: "append", logSeed: network.seeds.log } as const;

/** A log with some blocks, open. */
export async function grown(size: number): Promise<{ machine: CrashMachine; store: Store }> {
  const machine = createCrashMachine();
  const { store, appender } = await openLog(machine.disk());
  if (size > 0) await appender.append(sealedSlots(0, size, 50));
  return { machine, store };
}

/** A data folder whose log has some blocks and is closed; some files may be taken away. */
export async function closed(size: number, without: (path: string) => boolean = () => false) {
  const { machine, store } = await grown(size);
  await store[Symbol.asyncDispose]();
  return createCrashMachine(new Map([...machine.files()].filter(([path]) => !without(path))));
}
