import { randomInt } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDisk } from "./disk/index.ts";
import { fsck } from "./fsck/index.ts";
import { createTestFolder } from "./testing/folder.ts";
import { runningNetwork, type TestNetwork } from "./testing/network.ts";
import { startServiceProcess } from "./testing/process.ts";
import { postSlots, testToken } from "./testing/service.ts";
import { testSlots } from "./testing/slots.ts";

const killing = { timeout: 120_000 };
const deadlyWithinMs = 300;

describe("the program that is ended while it appends", () => {
  it("by kill -9 has every block that it acknowledged, and a clean log", killing, async () => {
    const network = runningNetwork(Date.now(), 100_000);
    await using folder = await createTestFolder(network);
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      const service = startServiceProcess(folder.path);
      const kill = (): void => service.signal("SIGKILL");
      const sending = { url: await service.url, network, acknowledged };
      await expectAll(sending.url, acknowledged);
      await appendUntilGone(sending, () => setTimeout(kill, randomInt(deadlyWithinMs)));
      expect(await service.exit).toBeNull();
    }
    const last = startServiceProcess(folder.path);
    await expectAll(await last.url, acknowledged);
    last.signal("SIGTERM");
    expect(await last.exit).toBe(0);
    await expectClean(folder.path, acknowledged.length);
  });

  it("by SIGTERM finishes what it has begun, and nothing is left over", async () => {
    const network = runningNetwork(Date.now(), 100_000);
    await using folder = await createTestFolder(network);
    const service = startServiceProcess(folder.path);
    const acknowledged: string[] = [];
    const sending = { url: await service.url, network, acknowledged };
    await appendUntilGone(sending, () => service.signal("SIGTERM"));
    expect(await service.exit).toBe(0);
    await expectClean(folder.path, acknowledged.length);
  });
});

const expectClean = async (folder: string, acknowledged: number): Promise<void> => {
  const { findings, size } = await fsck(await openDisk(join(folder, "log")));
  expect(findings).toEqual([]);
  expect(acknowledged).toBeGreaterThan(0);
  expect(size).toBeGreaterThanOrEqual(acknowledged);
};

type Sending = {
  readonly url: string;
  readonly network: TestNetwork;
  /** Header hashes by height. */
  readonly acknowledged: string[];
};

/** Sends a few slots at a time, one before the end again, until nobody answers. */
const appendUntilGone = async (
  { url, network, acknowledged }: Sending,
  afterFirst: () => void,
): Promise<void> => {
  const token = await testToken(network, "service");
  for (let sent = 0; ; sent++) {
    const from = Math.max(0, acknowledged.length - 1);
    const slots = testSlots(network.genesis, from, randomInt(2, 5));
    const answer = await postSlots(`${url}/api/v1/blocks`, token, { slots }).catch(() => null);
    const text = await answer?.text().catch(() => null);
    if (answer === null || text === null || text === undefined) return;
    expect([answer.status, text]).toEqual([200, expect.any(String)]);
    const { blocks } = JSON.parse(text) as { blocks: { height: number; header_hash: string }[] };
    for (const { height, header_hash } of blocks) acknowledged[height] = header_hash;
    if (sent === 0) afterFirst();
  }
};

const expectAll = async (url: string, acknowledged: readonly string[]): Promise<void> => {
  for (const [height, hash] of acknowledged.entries()) {
    const answer = await fetch(`${url}/api/v1/blocks/${height}`);
    const { header_hash } = (await answer.json()) as { header_hash?: string };
    expect(header_hash).toBe(hash);
  }
};
