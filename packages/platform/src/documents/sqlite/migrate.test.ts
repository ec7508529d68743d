import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type } from "typebox";
import { afterEach, beforeEach, expect, test } from "vitest";
import { containing } from "../compliance/matchers.ts";
import { defineCollection, int64 } from "../define.ts";
import { openDocuments } from "../open.ts";
import type { Collection, CollectionDefinition, Migration } from "../port.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-documents-"));
});
afterEach(() => rm(root, { recursive: true }));

async function withNodes<T extends { id: string }>(
  definition: CollectionDefinition<T>,
  use: (nodes: Collection<T>) => Promise<void>,
): Promise<void> {
  const path = join(root, "store.sqlite");
  await using documents = await openDocuments({ engine: "sqlite", path, create: true }, [
    definition,
  ]);
  await use(documents.collection(definition));
}

const first = defineCollection({
  name: "nodes",
  schema: Type.Object({ id: Type.String(), owner: Type.String(), stake: Type.String() }),
  indexes: [["owner"]],
});
const stored = [
  { id: "n1", owner: "o1", stake: "5" },
  { id: "n2", owner: "o2", stake: "9007199254740993" },
];

/** Version 2 renames a field, version 3 makes stake an int64 with an index. */
const steps: Migration[] = [
  { to: 2, step: ({ owner, ...rest }) => ({ owner_id: owner, ...rest }) },
  { to: 3, step: ({ stake, ...rest }) => ({ ...rest, stake: BigInt(stake as string) }) },
];
const third = defineCollection({
  name: "nodes",
  schema: Type.Object({ id: Type.String(), owner_id: Type.String(), stake: int64() }),
  indexes: [["owner_id"], ["stake"]],
  schemaVersion: 3,
  migrations: steps,
});

const nothing = async () => undefined;

async function writeFirst(): Promise<void> {
  await withNodes(first, async (nodes) => {
    await nodes.insertMany(stored);
    await nodes.update("n1", { owner: "o1" }, { expect: {} });
  });
}

test("documents of an old version go through every step they lack, and later starts do nothing", async () => {
  await writeFirst();
  const migrated = [
    { id: "n1", owner_id: "o1", stake: 5n },
    { id: "n2", owner_id: "o2", stake: 9007199254740993n },
  ];
  for (let start = 0; start < 2; start += 1) {
    await withNodes(third, async (nodes) => {
      expect(await nodes.find()).toEqual(migrated);
      expect(await nodes.find({ where: { stake: { gt: 6n } } })).toEqual([migrated[1]]);
    });
  }
  await withNodes(third, async (nodes) => {
    expect(await nodes.update("n1", {}, { expect: {} })).toMatchObject({
      outcome: "done",
      version: 3,
    });
  });
});

test("a new index needs no step", async () => {
  await writeFirst();
  const indexed = defineCollection({
    name: "nodes",
    schema: Type.Object({ id: Type.String(), owner: Type.String(), stake: Type.String() }),
    unique: [["stake"]],
  });
  await withNodes(indexed, async (nodes) => {
    expect(await nodes.find({ where: { stake: "5" } })).toEqual([stored[0]]);
    expect(await nodes.insert({ owner: "o3", stake: "5", id: "n3" })).toMatchObject({
      outcome: "conflict",
    });
  });
});

test("a step that fails, or leaves what does not fit, changes nothing", async () => {
  await writeFirst();
  const withLastStep = (step: Migration["step"]) => ({
    ...third,
    migrations: [...steps.slice(0, 1), { to: 3, step }],
  });
  const failing = withLastStep(({ id, stake, ...rest }) => {
    if (id === "n2") throw new Error("half way");
    return { id, ...rest, stake: BigInt(stake as string) };
  });
  await expect(withNodes(failing, nothing)).rejects.toThrow("half way");
  const misfit = withLastStep((document) => document);
  await expect(withNodes(misfit, nothing)).rejects.toMatchObject({ code: "documents.invalid" });
  await withNodes(first, async (nodes) => expect(await nodes.find()).toEqual(stored));
});

test("a collection that cannot be migrated leaves the others to the program before as well", async () => {
  const path = join(root, "store.sqlite");
  const open = (definitions: CollectionDefinition<{ id: string }>[]) =>
    openDocuments({ engine: "sqlite", path, create: true }, definitions);
  const schema = Type.Object({ id: Type.String() });
  const other = defineCollection({ name: "pools", schema });
  const step = () => {
    throw new Error("half way");
  };
  {
    await using before = await open([first, other]);
    await before.collection(first).insertMany(stored);
    await before.collection(other).insert({ id: "p1" });
  }
  const failing = { ...other, schemaVersion: 2, migrations: [{ to: 2, step }] };
  await expect(open([third, failing])).rejects.toThrow("half way");
  await using again = await open([first, other]);
  expect(await again.collection(first).find()).toEqual(stored);
});

test("a store that a newer program wrote is refused", async () => {
  await withNodes(third, nothing);
  await expect(withNodes(first, nothing)).rejects.toMatchObject({
    code: "documents.newer",
    message: containing("run the newer program"),
  });
});
