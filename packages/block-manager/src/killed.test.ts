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

describe("the program that is killed while it appends", () => {
  it("has every block that it acknowledged, and a clean log", { timeout: 180_000 }, async () => {
    const network = runningNetwork(Date.now(), 100_000);
    await using folder = await createTestFolder(network);
    const token = await testToken(network, "service");
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      const service = startServiceProcess(folder.path);
      const url = await service.url;
      await expectAll(url, acknowledged);
      const deadly = acknowledged.length + randomInt(1, 60);
      setTimeout(() => service.signal("SIGKILL"), randomInt(300, 1200));
      await appendUntilGone({ url, token, network, acknowledged }, () => {
        if (acknowledged.length >= deadly) service.signal("SIGKILL");
      });
      expect(await service.exit).toBeNull();
    }
    const last = startServiceProcess(folder.path);
    await expectAll(await last.url, acknowledged);
    last.signal("SIGTERM");
    expect(await last.exit).toBe(0);
    expect(acknowledged.length).toBeGreaterThanOrEqual(4);
    const report = await fsck(await openDisk(join(folder.path, "log")));
    expect(report.findings).toEqual([]);
    expect(report.size).toBeGreaterThanOrEqual(acknowledged.length);
  });
});

type Sending = {
  readonly url: string;
  readonly token: string;
  readonly network: TestNetwork;
  /** Header hashes by height. */
  readonly acknowledged: string[];
};

/** Sends a few slots at a time, one before the end again, until nobody answers. */
const appendUntilGone = async (
  { url, token, network, acknowledged }: Sending,
  afterEach: () => void,
): Promise<void> => {
  for (;;) {
    const from = Math.max(0, acknowledged.length - 1);
    const slots = testSlots(network.genesis, from, randomInt(2, 5));
    const answer = await postSlots(`${url}/api/v1/blocks`, token, { slots }).catch(() => null);
    const text = await answer?.text().catch(() => null);
    if (answer === null || text === null || text === undefined) return;
    expect([answer.status, text]).toEqual([200, expect.any(String)]);
    const { blocks } = JSON.parse(text) as { blocks: { height: number; header_hash: string }[] };
    for (const { height, header_hash } of blocks) acknowledged[height] = header_hash;
    afterEach();
  }
};

const expectAll = async (url: string, acknowledged: readonly string[]): Promise<void> => {
  for (const [height, hash] of acknowledged.entries()) {
    const answer = await fetch(`${url}/api/v1/blocks/${height}`);
    const { header_hash } = (await answer.json()) as { header_hash?: string };
    expect(header_hash).toBe(hash);
  }
};
