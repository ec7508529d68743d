import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openUrl } from "../sources/url.ts";
import {
  filesToSource,
  honestDrafts,
  logFiles,
  readAll,
  sealBlocks,
  testNetwork,
} from "../testing/index.ts";
import { openLog } from "./index.ts";

const DELAY_MS = 5;
const network = testNetwork({ slots_per_epoch: 24 });
const files = logFiles(network, sealBlocks(network, honestDrafts(network, 3, 100)));

describe("a log far away", () => {
  let server: Server;
  let open = 0;
  let most = 0;
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer(({ url = "" }, response) => {
      asked.push(url);
      most = Math.max(most, ++open);
      void setTimeout(DELAY_MS).then(() => {
        open--;
        const bytes = files.get(url.slice(1));
        response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const opened = () =>
    openLog(openUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));

  test("gives the same walk as the files themselves, a few of them on the way at once", async () => {
    const log = await opened();
    const near = await openLog(filesToSource(files));
    expect(await readAll(log.blocks(0, 100))).toEqual(await readAll(near.blocks(0, 100)));
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThan(16);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test("is not read on when nobody listens", async () => {
    const log = await opened();
    asked.length = 0;
    for await (const { height } of log.blocks(0, 100)) if (height === 2) break;
    expect(asked.length).toBeLessThan(20);
  });
});
