import { createTestClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { createLeases, leaseCollection } from "@lucid/platform/leases";
import { describe, expect, test } from "vitest";
import {
  createTestDatabase,
  serverUri,
} from "../../platform/src/documents/mongodb/testing/server.ts";
import { takePlace } from "./store.ts";
import { startTestService } from "./testing/service.ts";

/** A clock that is ahead as soon as somebody sleeps. */
const createHastyClock = (meanwhile: () => Promise<unknown>) => {
  const clock = createTestClock(0);
  return {
    ...clock,
    sleep: async (ms: number) => {
      await meanwhile();
      await clock.advance(ms);
    },
  };
};

describe("the place of a replica on a shared store", () => {
  const scene = async (beats: boolean) => {
    const documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, [
      leaseCollection,
    ]);
    const first = createLeases({ documents, clock: createTestClock(0) }, { holder: "first" });
    const held = await first.acquire("replica");
    const clock = createHastyClock(async () => (beats ? held?.beat() : undefined));
    const second = createLeases({ documents, clock }, { holder: "second" });
    return { take: () => takePlace(second, clock), documents };
  };

  test("is refused while another one shows life", async () => {
    const { take, documents } = await scene(true);
    await expect(take()).rejects.toMatchObject({ code: "data.in_use" });
    await documents[Symbol.asyncDispose]();
  });

  test("of one that died is taken over", async () => {
    const { take, documents } = await scene(false);
    expect(await take()).toMatchObject({ holder: "second" });
    await documents[Symbol.asyncDispose]();
  });
});

describe.skipIf(serverUri === null)("on MongoDB", () => {
  test("the service keeps what it acknowledged, and goes on with it after a restart", async () => {
    await using database = createTestDatabase(serverUri ?? "");
    const settings = { MONGODB_URI: database.uri };
    const first = await startTestService({ settings });
    const node = await first.join("one");
    const slot = first.network.genesis.first_slot + 2;
    await first.goTo(slot);
    const beacon = { body: node.beacon(slot) };
    expect(await first.client.call("sendBeacon", beacon)).toMatchObject({ verdict: "accepted" });
    await first[Symbol.asyncDispose]();

    await using second = await startTestService({ settings });
    await second.goTo(slot);
    expect(await second.client.call("sendBeacon", beacon)).toMatchObject({ verdict: "duplicate" });
    const { items } = await second.client.call("listNodes", { query: {} });
    expect(items).toMatchObject([{ node_id: node.nodeId, standing: "active" }]);
  });
});
