import { describe, expect, test } from "vitest";
import { createTestDatabase } from "../../platform/src/documents/mongodb/testing/server.ts";
import { serverUri } from "../../platform/src/documents/mongodb/testing/server-uri.ts";
import { startTestService } from "./testing/service.ts";

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
