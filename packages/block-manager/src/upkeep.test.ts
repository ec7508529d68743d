import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeAppend } from "@lucid/api";
import { createBody, encodeBody, recordLeaf } from "@lucid/protocol";
import { openLog, openUrl } from "@lucid/verify";
import { describe, expect, test } from "vitest";
import { startTestService } from "./testing/service.ts";
import { testSlot } from "./testing/slots.ts";

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

  test("a file that turns out to be damaged when it is read is fetched again and kept as evidence", async () => {
    await using founder = await startTestService();
    await founder.grow(20);
    await using follower = await startTestService({
      network: founder.network,
      settings: { BLOCK_MANAGER_MODE: "follow", BLOCK_MANAGER_PEERS: founder.url },
    });
    await reached(follower, 20);
    const right = await bytesOf(bodyUrl(follower, 3));
    await writeFile(join(follower.folder, "log", "body", "3"), "no body");
    expect((await fetch(bodyUrl(follower, 3))).status).toBe(503);
    await expect
      .poll(async () => {
        await follower.clock.advance(1000);
        return (await fetch(bodyUrl(follower, 3))).status;
      })
      .toBe(200);
    expect(await bytesOf(bodyUrl(follower, 3))).toEqual(right);
    const kept = join(follower.folder, "log", "quarantine", "body_3");
    expect(await readFile(kept, "utf8")).toBe("no body");
    expect(await readFile(`${kept}.reason`, "utf8")).not.toBe("");
  });

  test("once an epoch is closed its bodies are served from what they follow from, byte for byte", async () => {
    await using founder = await startTestService();
    const { genesis } = founder.network;
    await founder.grow(16);
    const bodies = await Promise.all(heights.map((height) => bytesOf(bodyUrl(founder, height))));
    const closing = testSlot(genesis, genesis.first_slot + 16, { body: encodeBody(closed(1)) });
    await founder.client.call("appendBlocks", { body: encodeAppend({ slots: [closing] }) });
    await founder.grow(10);
    await expect
      .poll(
        async () => {
          await founder.clock.advance(10_000);
          return (await fetch(`${founder.url}/compact/1`)).status;
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBe(200);
    for (const height of heights) {
      expect(await bytesOf(bodyUrl(founder, height))).toEqual(bodies[height]);
    }
    await expect.poll(() => fetch(`${founder.url}/body/3`).then(({ status }) => status)).toBe(404);
    const log = await openLog(openUrl(founder.url), { networkId: founder.network.networkId });
    for await (const { height, body } of log.blocks(0, 14)) {
      expect(Buffer.from(encodeBody(body))).toEqual(bodies[height]);
    }
  });
});

/** Those of epoch 1 that do not stand where commitments for epoch 2 are accepted. */
const heights = Array.from({ length: 14 }, (_, height) => height);

const bodyUrl = ({ url }: Service, height: number): string => `${url}/api/v1/blocks/${height}/body`;

const closed = (epoch: number) =>
  createBody([
    recordLeaf("epoch_closed", {
      epoch,
      count: 0,
      root: "00".repeat(32),
      total_micro: "0",
      budget_micro: "0",
    }),
  ]);

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
