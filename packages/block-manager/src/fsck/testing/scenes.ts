import { openLog, sealedSlots } from "../../append/testing/scene.ts";
import { createScene, filesOf } from "../../compact/testing/scene.ts";
import { createCrashMachine } from "../../disk/testing/crash-machine.ts";

export type Files = Map<string, Uint8Array>;

/** A log whose first epochs are compacted and whose last bodies are there. */
export const compactedLog = (): Files => {
  const scene = createScene({ size: 44, slotsPerEpoch: 12, firstSlot: 29, nodes: 4 });
  const files = filesOf(scene, 44, { compacted: [2, 3, 4] });
  return new Map([...files].filter(([, bytes]) => bytes.length > 0));
};

/** A log with full tiles and bundles, and with partial ones of earlier sizes. */
export const longLog = async (): Promise<Files> => {
  const machine = createCrashMachine();
  const { store, appender } = await openLog(machine.disk());
  await using _ = store;
  for (const [from, to] of [
    [0, 250],
    [250, 258],
    [258, 262],
  ] as const)
    await appender.append(sealedSlots(from, to - from, 100));
  const inLog = [...machine.files()].filter(([path]) => path.startsWith("log/"));
  return new Map(inLog.map(([path, bytes]) => [path.slice("log/".length), bytes]));
};
