import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { createClient } from "@lucid/api/client";
import { createTestClock } from "@lucid/platform/clock";
import { readNetwork } from "@lucid/platform/data-folder";
import { createLog } from "@lucid/platform/log";
import {
  createNodeManagement,
  planUpgrade,
  restoreStore,
  storePlace,
  type StoreCopy,
  upgradeStore,
} from "@lucid/node-management";
import { slotEnd } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testConfig } from "../../packages/node-management/src/testing/service.ts";
import { readFixture } from "./fixture.ts";

const fixtures = fileURLToPath(new URL(".", import.meta.url));
const earlier = readdirSync(fixtures, { withFileTypes: true })
  .filter((item) => item.isDirectory())
  .map(({ name }) => name);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lucid-upgrade-"));
  mkdirSync(join(folder, "keys"));
  writeFileSync(join(folder, "keys", "token.key"), "1".repeat(64));
});
afterEach(() => rmSync(folder, { recursive: true }));

const documentsOf = async (copy: StoreCopy, name: string) => {
  const documents: Record<string, unknown>[] = [];
  for await (const document of copy.documents(name)) documents.push(document);
  return documents;
};

const restored = async (copy: StoreCopy) => {
  const config = testConfig(folder, { BLOCK_MANAGER_URL: "http://127.0.0.1:9" });
  const clock = createTestClock(0);
  const place = { ...storePlace(config), create: true };
  return { config, store: await restoreStore({ place, copy, clock }, { pauseReason: "a test" }) };
};

describe.each(earlier)("the store of %s", (version) => {
  const open = async (): Promise<StoreCopy> => {
    for (const name of ["network.json", "policy.json"])
      copyFileSync(join(fixtures, version, name), join(folder, name));
    return readFixture(join(fixtures, version));
  };

  test("fits this version, its ledger holds, and its service starts with the same books", async () => {
    const copy = await open();
    const { config, store } = await restored(copy);
    const ledger = await documentsOf(copy, "ledger");
    expect(store.entries).toBe(ledger.length);
    expect((await planUpgrade(config)).every(({ from, to }) => from === to)).toBe(true);

    const { genesis } = readNetwork(folder);
    const sealed = (await documentsOf(copy, "slots")).map(({ slot }) => Number(slot));
    await using service = await createNodeManagement(config, {
      clock: createTestClock(slotEnd(genesis, Math.max(...sealed) + 1)),
      log: createLog({ level: "silent", name: "test" }),
      payer: null,
    });
    const client = createClient({ baseUrl: service.url });
    const { items: payouts } = await client.call("listPayouts", { query: { limit: 100 } });
    const before = new Map(
      (await documentsOf(copy, "payouts")).map(({ id, state }) => [id, state]),
    );
    expect(new Map(payouts.map(({ payout_id, state }) => [payout_id, state]))).toEqual(before);
    const { items: owners } = await client.call("listOwners", { query: {} });
    for (const { owner_id, balance_usdt } of owners) {
      const last = ledger
        .filter(({ account }) => account === `owner:${owner_id}`)
        .toSorted((a, b) => Number(a["seq"]) - Number(b["seq"]))
        .at(-1);
      expect(Math.round(Number(balance_usdt) * 1e6)).toBe(Number(last?.["balance_micro"] ?? 0n));
    }
  });

  test("is refused by name once a newer program has written it, and stays as it is", async () => {
    const { config } = await restored(await open());
    const path = join(folder, "node-management.sqlite");
    const file = new DatabaseSync(path);
    file.exec(`UPDATE "_collections" SET version = 2 WHERE name = 'ledger'`);
    file.close();
    const newer = {
      code: "documents.newer",
      message: expect.stringContaining('"ledger" is at schema version 2') as string,
    };
    await expect(planUpgrade(config)).rejects.toMatchObject(newer);
    await expect(upgradeStore(config, createTestClock(0))).rejects.toMatchObject(newer);
  });

  test("one altered entry of its ledger is found, and nothing starts on it", async () => {
    const copy = await open();
    const altered: StoreCopy = {
      ...copy,
      async *documents(name) {
        for await (const document of copy.documents(name))
          yield name === "ledger" && document["seq"] === 0
            ? { ...document, balance_micro: 1n }
            : document;
      },
    };
    await expect(restored(altered)).rejects.toMatchObject({ code: "backup.ledger" });
    const config = testConfig(folder);
    const starting = createNodeManagement(config, {
      clock: createTestClock(Date.now()),
      log: createLog({ level: "silent", name: "test" }),
      payer: null,
    });
    await expect(starting).rejects.toMatchObject({ code: "network.restoring" });
  });
});
