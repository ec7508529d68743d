import { encodeBody, toHex } from "@lucid/protocol";
import { systemClock } from "@lucid/platform/clock";
import { openLog } from "@lucid/verify";
import type { Source } from "@lucid/verify";
import { expect } from "vitest";
import { filesToSource } from "../../../../verify/src/testing/index.ts";
import type { Files } from "../../../../verify/src/testing/index.ts";
import { createScene } from "../../compact/testing/scene.ts";
import type { CrashMachine } from "../../disk/testing/crash-machine.ts";
import { fsck } from "../../fsck/index.ts";
import { openStore } from "../../store/index.ts";
import type { MirrorEvent } from "../contract.ts";
import { createFollower } from "../index.ts";

export const never = new AbortController().signal;
export const SIZE = 530;
export const scene = createScene({ size: SIZE, nodes: 3 });
const sealed = scene.blocks.map(({ body }) => toHex(encodeBody(body)));

export async function open(machine: CrashMachine, sources: readonly Source[]) {
  const events: MirrorEvent[] = [];
  const { genesis } = scene.network;
  const store = await openStore({ home: machine.disk(), genesis }, { mode: "follow" });
  const onEvent = (event: MirrorEvent) => void events.push(event);
  const batch = { bytes: 2000, entries: 256 };
  const deps = { store, clock: systemClock, sources, onEvent, batch };
  return { store, events, follower: createFollower(deps) };
}

export async function followOnce(machine: CrashMachine, ...sources: readonly Source[]) {
  const { store, events, follower } = await open(machine, sources);
  await using _ = store;
  await follower.run(never);
  return { size: store.head().size, events, sources: follower.sources() };
}

export function logOf(machine: CrashMachine): Files {
  const files = Array.from(machine.files()).filter(([path]) => path.startsWith("log/"));
  return new Map(files.map(([path, bytes]) => [path.slice("log/".length), bytes]));
}

/** How many blocks the directory holds that verify, every body compared with what was sealed. */
export async function verifiedSize(machine: CrashMachine): Promise<number> {
  const files = logOf(machine);
  if (!files.has("checkpoint")) return 0;
  const log = await openLog(filesToSource(files), { networkId: scene.network.networkId });
  const bodies: string[] = [];
  for await (const { body } of log.blocks(0, log.checkpoint.size)) {
    bodies.push(toHex(encodeBody(body)));
  }
  expect(bodies).toEqual(sealed.slice(0, log.checkpoint.size));
  expect(await faultsIn(machine)).toEqual([]);
  return log.checkpoint.size;
}

/** What is published must be whole; what a cut left beyond it is no fault. */
async function faultsIn(machine: CrashMachine) {
  const { findings } = await fsck(machine.disk().folder("log"), { live: true });
  return findings;
}

export const evidenceIn = (machine: CrashMachine): string[] =>
  Array.from(logOf(machine))
    .filter(([path]) => path.endsWith(".reason"))
    .map(([, bytes]) => new TextDecoder().decode(bytes));
