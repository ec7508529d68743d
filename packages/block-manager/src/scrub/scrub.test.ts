import { systemClock } from "@lucid/platform/clock";
import { SourceError } from "@lucid/verify";
import type { Source } from "@lucid/verify";
import { describe, expect, test } from "vitest";
import { filesToSource } from "../../../verify/src/testing/index.ts";
import { createBodies } from "../compact/index.ts";
import { createScene, filesOf } from "../compact/testing/scene.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { openStore } from "../store/index.ts";
import { createScrub } from "./index.ts";
import type { ScrubEvent } from "./index.ts";

const never = new AbortController().signal;
const SIZE = 300;
const COMPACTED = [1, 2, 3, 4];
const scene = createScene({ size: SIZE, nodes: 3 });
const whole = filesOf(scene, SIZE, { compacted: COMPACTED });
for (const [path, bytes] of whole) if (bytes.length === 0) whole.delete(path); // bodies without leaves have no file

async function damagedBy(
  alter: (put: (path: string, bytes: Uint8Array | null) => Promise<void>) => Promise<void>,
  sources: readonly Source[],
) {
  const machine = createCrashMachine();
  const home = machine.disk();
  await home.write(Array.from(whole, ([path, bytes]) => ({ path: `log/${path}`, bytes })));
  const { genesis } = scene.network;
  const store = await openStore({ home, genesis }, { mode: "follow" });
  const events: ScrubEvent[] = [];
  const scrub = createScrub({
    store,
    bodies: createBodies({ store, clock: systemClock }),
    clock: systemClock,
    random: () => 0,
    sources,
    onEvent: (event) => void events.push(event),
  });
  await alter(async (path, bytes) => {
    if (bytes === null) await home.remove([`log/${path}`]);
    else machine.put(`log/${path}`, bytes);
  });
  const round = async () => {
    for (let part = 0; part < 2; part++) await scrub.run(never);
  };
  const fileAt = (path: string) => machine.files().get(`log/${path}`);
  return { store, scrub, events, round, fileAt };
}

const unreachable: Source = {
  name: "away",
  read: async (path) => {
    throw new SourceError("source.unreachable", path, "nobody is there");
  },
};

const flipped = (path: string): Uint8Array => {
  const bytes = (whole.get(path) as Uint8Array).slice();
  bytes[0] = (bytes[0] as number) ^ 1;
  return bytes;
};

const paths = [...whole.keys()].filter((path) => path !== "network.json");
/** What our other files make again without anybody's help. */
const isDerived = (path: string) => path.startsWith("tile/") && !path.startsWith("tile/entries");
const kindOf = (path: string) => path.replace(/\/[0-9.p/]+$/, "");
const oneOfEach = paths.filter(
  (path, i) => paths.findIndex((other) => kindOf(other) === kindOf(path)) === i,
);
const samples = [...oneOfEach, "tile/0/001.p/44", "tile/entries/001.p/44", "compact/3", "body/299"];

describe("looking after the files", () => {
  test("finds nothing wrong with a whole log", async () => {
    const { scrub, events, round } = await damagedBy(async () => undefined, []);
    await round();
    expect(events).toEqual([]);
    expect(scrub.readiness()).toMatchObject({ ok: true });
  });

  test.each(samples.flatMap((path) => [[path, "missing"] as const, [path, "damaged"] as const]))(
    "%s that is %s is replaced by what a peer has and verifies",
    async (path, how) => {
      const bytes = how === "missing" ? null : flipped(path);
      const peer = filesToSource(filesOf(scene, SIZE));
      const { scrub, events, round, fileAt } = await damagedBy((put) => put(path, bytes), [peer]);
      await round();
      expect(fileAt(path)).toEqual(whole.get(path));
      expect(events.map(({ type }) => type)).toContain(
        path === "checkpoint" ? "damaged" : "repaired",
      );
      expect(scrub.readiness()).toMatchObject({ ok: true });
      const kept = fileAt(`quarantine/${path.replaceAll("/", "_")}`);
      expect(kept).toEqual(how === "missing" || path === "checkpoint" ? undefined : bytes);
    },
  );

  test.each(samples.filter((path) => !isDerived(path) && path !== "checkpoint"))(
    "%s that nobody has is reported, and replaced as soon as somebody has it",
    async (path) => {
      const files = new Map<string, Uint8Array>();
      const { scrub, round, fileAt } = await damagedBy(
        (put) => put(path, flipped(path)),
        [unreachable, filesToSource(files)],
      );
      await round();
      expect(scrub.readiness()).toMatchObject({
        ok: false,
        detail: expect.stringContaining(path) as unknown,
      });
      for (const [name, bytes] of filesOf(scene, SIZE)) files.set(name, bytes);
      await round();
      expect(scrub.readiness()).toMatchObject({ ok: true });
      expect(fileAt(path)).toEqual(whole.get(path));
    },
  );

  test("takes nothing from a peer that does not verify here", async () => {
    const other = createScene({ size: SIZE, nodes: 4 });
    const { scrub, round, fileAt } = await damagedBy(
      (put) => put("body/280", flipped("body/280")),
      [filesToSource(filesOf(other, SIZE))],
    );
    await round();
    expect(fileAt("body/280")).toBeUndefined();
    expect(scrub.readiness()).toMatchObject({ ok: false });
  });

  test("what reading has shown to be damaged is mended at once", async () => {
    const peer = filesToSource(filesOf(scene, SIZE));
    const { scrub, fileAt } = await damagedBy(
      (put) => put("body/280", flipped("body/280")),
      [peer],
    );
    expect(await scrub.mend("body/280")).toBe(true);
    expect(fileAt("body/280")).toEqual(whole.get("body/280"));
  });
});
