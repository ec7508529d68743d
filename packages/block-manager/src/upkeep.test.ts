import { describe, expect, test } from "vitest";
import { startTestService } from "./testing/service.ts";

describe("block-managers of one log", () => {
  test("a follower serves what it has verified of the one that appends", async () => {
    await using founder = await startTestService();
    await founder.grow(300);
    await using follower = await startTestService({
      network: founder.network,
      settings: { BLOCK_MANAGER_MODE: "follow", BLOCK_MANAGER_PEERS: founder.url },
    });
    await reached(follower, 300);
    await founder.grow(1);
    await reached(follower, 301);
    for (const path of ["checkpoint", "tile/0/000", "tile/entries/001.p/45", "body/300"]) {
      expect(await bytesOf(`${follower.url}/${path}`)).toEqual(
        await bytesOf(`${founder.url}/${path}`),
      );
    }
  });

  test("one that was restored from an older copy fetches the rest from a follower before it appends", async () => {
    await using founder = await startTestService();
    await founder.grow(40);
    await using follower = await startTestService({
      network: founder.network,
      settings: { BLOCK_MANAGER_MODE: "follow", BLOCK_MANAGER_PEERS: founder.url },
    });
    await reached(follower, 40);
    // An empty folder with the same keys is the oldest copy there is.
    await using restored = await startTestService({
      network: founder.network,
      settings: { BLOCK_MANAGER_PEERS: follower.url },
    });
    await reached(restored, 40);
    await restored.grow(1);
    expect((await restored.client.call("getChain")).size).toBe(41);
  });
});

type Service = Awaited<ReturnType<typeof startTestService>>;

/** Lets time pass until a service publishes this many blocks. */
async function reached({ client, clock }: Service, size: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await clock.advance(1000);
        return (await client.call("getChain")).size;
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(size);
}

async function bytesOf(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}
