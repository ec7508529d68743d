import { createTestClock } from "@lucid/platform/clock";
import { SourceError } from "@lucid/verify";
import type { Source } from "@lucid/verify";
import { describe, expect, test } from "vitest";
import { filesToSource } from "../../../verify/src/testing/index.ts";
import { createScene, filesOf } from "../compact/testing/scene.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { openStore } from "../store/index.ts";
import { createFollower, createPeers, peersReadiness } from "./index.ts";

const never = new AbortController().signal;
const scene = createScene({ size: 60, nodes: 2 });
const forked = createScene({ size: 60, nodes: 3 });

/** An appender with 40 blocks and these peers. */
async function appenderWith(sources: readonly Source[]) {
  const home = createCrashMachine().disk();
  const files = Array.from(filesOf(scene, 40), ([path, bytes]) => ({ path: `log/${path}`, bytes }));
  await home.write(files.filter(({ bytes }) => bytes.length > 0));
  const { genesis, seeds } = scene.network;
  const store = await openStore({ home, genesis }, { mode: "append", logSeed: seeds.log });
  const clock = createTestClock(0);
  const follower = createFollower({ store, clock, sources });
  const peers = createPeers({ follower, clock });
  return { store, clock, peers, readiness: () => peersReadiness(peers, follower) };
}

const away: Source = {
  name: "http://away.example/",
  read: async (path) => {
    throw new SourceError("source.unreachable", path, "nobody is there");
  },
};

describe("an appender", () => {
  test("without peers appends at once", async () => {
    const { peers, readiness } = await appenderWith([]);
    expect(peers.problem()).toBeNull();
    expect(readiness()).toEqual({ ok: true, detail: "none" });
  });

  test("waits until its peers have answered, and goes on when they hold no more", async () => {
    const { store, peers } = await appenderWith([filesToSource(filesOf(scene, 39))]);
    expect(peers.problem()).toMatchObject({ code: "log.unavailable" });
    await peers.run(never);
    expect(peers.problem()).toBeNull();
    expect(store.head().size).toBe(40);
  });

  test("that was restored from an older copy fetches the rest first", async () => {
    const { store, peers } = await appenderWith([filesToSource(filesOf(scene, 60))]);
    await peers.run(never);
    expect(store.head().size).toBe(60);
    expect(peers.problem()).toBeNull();
  });

  test("appends nothing while it knows of more that it cannot fetch", async () => {
    const files = filesOf(scene, 60);
    files.delete("body/50");
    const { store, peers, readiness } = await appenderWith([filesToSource(files)]);
    await peers.run(never);
    expect(store.head().size).toBe(40);
    expect(peers.problem()).toMatchObject({ code: "log.behind" });
    expect(readiness().ok).toBe(false);
  });

  test("appends nothing once a peer shows another history", async () => {
    const { peers, readiness } = await appenderWith([filesToSource(filesOf(forked, 30))]);
    await peers.run(never);
    expect(peers.problem()).toMatchObject({ code: "log.forked" });
    expect(readiness().detail).toContain("quarantine/forked-");
  });

  test("does not wait for ever for a peer that is down, and says that it is", async () => {
    const { peers, clock, readiness } = await appenderWith([away]);
    await peers.run(never);
    expect(peers.problem()).toMatchObject({ code: "log.unavailable" });
    await clock.advance(30_000);
    expect(peers.problem()).toBeNull();
    expect(readiness().detail).toContain("http://away.example/ unreachable");
  });
});
