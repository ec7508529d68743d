import { MongoClient } from "mongodb";
import { describe, expect, test } from "vitest";
import { line, lines } from "../compliance/fixtures.ts";
import { openDocuments } from "../open.ts";
import type { CollectionDefinition } from "../port.ts";
import { type Fate, startProxy } from "./testing/proxy.ts";
import { createTestDatabase, withDatabase } from "./testing/server.ts";
import { serverUri } from "./testing/server-uri.ts";

const hostOf = (uri: string): string => /^[^/]+\/\/(?:[^@/]*@)?([^/?,]+)/.exec(uri)?.[1] ?? "";

/** The store through a proxy that asks `meet` about every command. */
const openThrough = async (meet: Parameters<typeof startProxy>[1]["meet"]) => {
  const stack = new AsyncDisposableStack();
  const database = stack.use(createTestDatabase(serverUri ?? ""));
  const proxy = stack.use(await startProxy(hostOf(database.uri), { meet }));
  const uri = withDatabase(database.uri, database.name, proxy.address);
  const open = async (collections: readonly CollectionDefinition<{ id: string }>[] = [lines]) =>
    stack.use(await openDocuments({ engine: "mongodb", uri }, collections));
  return { open, database, [Symbol.asyncDispose]: () => stack.disposeAsync() };
};

/** What befalls the next command of a kind on the collection under test. */
const createTrap = () => {
  const trap = { command: "", fate: "pass" as Fate };
  return {
    set: (command: string, fate: Fate) => Object.assign(trap, { command, fate }),
    meet: (sent: Record<string, unknown>): Fate => {
      if (sent[trap.command] !== "lines") return "pass";
      trap.command = "";
      return trap.fate;
    },
  };
};

describe.skipIf(serverUri === null)("MongoDB that fails", () => {
  test("a lost reply of a write is unknown, and reading again tells", async () => {
    const trap = createTrap();
    await using through = await openThrough(trap.meet);
    const collection = (await through.open()).collection(lines);
    trap.set("insert", "lose_answer");
    expect(await collection.insert(line("a", 0))).toMatchObject({ outcome: "unknown" });
    expect(await collection.get("a#0")).toEqual(line("a", 0));
    trap.set("insert", "drop");
    expect(await collection.insert(line("a", 1))).toMatchObject({ outcome: "unknown" });
    expect(await collection.get("a#1")).toBeNull();
    trap.set("update", "lose_answer");
    const swap = collection.update("a#0", { note: "x" }, { expect: { note: undefined } });
    expect(await swap).toMatchObject({ outcome: "unknown" });
    expect(await collection.get("a#0")).toMatchObject({ note: "x" });
    trap.set("delete", "lose_answer");
    expect(await collection.remove("a#0")).toMatchObject({ outcome: "unknown" });
    expect(await collection.get("a#0")).toBeNull();
  });

  test("a batch that is cut in the middle says what is certain, and goes on where it stopped", async () => {
    const trap = createTrap();
    await using through = await openThrough(trap.meet);
    const collection = (await through.open()).collection(lines);
    const batch = Array.from({ length: 1500 }, (_, seq) => line("a", seq));
    await collection.insertMany(batch.slice(0, 1000));
    trap.set("insert", "lose_answer");
    expect(await collection.insertMany(batch.slice(1000))).toMatchObject({
      outcome: "unknown",
      inserted: 0,
    });
    expect(await collection.count()).toBe(1500);
    expect(await collection.insertMany(batch)).toMatchObject({ outcome: "conflict", inserted: 0 });
  });

  test("a reply that is lost while reading is asked for again", async () => {
    const trap = createTrap();
    await using through = await openThrough(trap.meet);
    const collection = (await through.open()).collection(lines);
    await collection.insert(line("a", 0));
    trap.set("find", "lose_answer");
    expect(await collection.get("a#0")).toEqual(line("a", 0));
  });

  test("a server that is lost makes the store unhealthy until it is back", async () => {
    let isLost = false;
    await using through = await openThrough(() => (isLost ? "drop" : "pass"));
    const documents = await through.open();
    const collection = documents.collection(lines);
    isLost = true;
    expect(await documents.check()).toMatchObject({ ok: false });
    await expect(collection.get("a#0")).rejects.toMatchObject({ code: "documents.failed" });
    isLost = false;
    await expect.poll(() => documents.check(), { timeout: 20_000 }).toMatchObject({ ok: true });
    expect(await collection.insert(line("a", 0))).toMatchObject({ outcome: "done" });
  });

  test("a server that loses updates is refused at the first start", async () => {
    await using through = await openThrough((command) => {
      const updates = command["update"] === "_self_test" ? (command["updates"] as Update[]) : [];
      for (const { q } of updates) delete q["value"];
      return "pass";
    });
    await expect(through.open()).rejects.toMatchObject({
      code: "documents.unsafe",
      message: expect.stringContaining("loses updates") as string,
    });
  });

  test("a sharded collection with a unique key is refused", async () => {
    await using through = await openThrough(() => "pass");
    await using client = await MongoClient.connect(through.database.uri);
    const sharded = client.db("config").collection<{ _id: string }>("collections");
    const _id = `${through.database.name}.lines`;
    await sharded.insertOne({ _id });
    await expect(through.open()).rejects.toThrow('Collection "lines" is sharded');
    await sharded.deleteOne({ _id });
    await through.open();
  });

  test("a store that a newer program wrote is refused, an older one is migrated document by document", async () => {
    await using through = await openThrough(() => "pass");
    const first = await through.open();
    await first.collection(lines).insertMany([line("a", 0), line("a", 1)]);
    const newer = {
      ...lines,
      schemaVersion: 2,
      migrations: [{ to: 2, step: (old: object) => ({ ...old, note: "migrated" }) }],
    } as typeof lines;
    const second = (await through.open([newer])).collection(newer);
    expect(await second.find()).toEqual([
      line("a", 0, { note: "migrated" }),
      line("a", 1, { note: "migrated" }),
    ]);
    await expect(through.open()).rejects.toMatchObject({ code: "documents.newer" });
  });
});

type Update = { q: Record<string, unknown> };
