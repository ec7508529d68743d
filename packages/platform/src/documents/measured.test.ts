import { Type } from "typebox";
import { expect, it } from "vitest";
import { createTestClock } from "../clock/index.ts";
import { createMetrics } from "../metrics/index.ts";
import { defineCollection, openDocuments } from "./index.ts";
import { measureDocuments } from "./measured.ts";

const things = defineCollection({
  name: "things",
  schema: Type.Object({ id: Type.String(), size: Type.Integer() }),
});

it("counts what was done, refused and failed, and answers as the store does", async () => {
  await using stored = await openDocuments({ engine: "sqlite", path: ":memory:" }, [things]);
  const metrics = createMetrics();
  const collection = measureDocuments(stored, { metrics, clock: createTestClock(0) }).collection(
    things,
  );
  const thing = { id: "a", size: 1 };
  expect(await collection.insert(thing)).toMatchObject({ outcome: "done" });
  expect(await collection.insert(thing)).toMatchObject({ outcome: "conflict", stored: thing });
  await expect(collection.insert({ id: "b" } as never)).rejects.toThrow("size");
  expect(await collection.get("a")).toEqual(thing);
  const text = await metrics.registry.metrics();
  const outcomes = [...text.matchAll(/^lucid_store_operations_total\{(.*)\} (\d+)$/gm)];
  expect(outcomes.map(([, labels, count]) => `${labels} ${count}`)).toEqual([
    'operation="insert",outcome="done" 1',
    'operation="insert",outcome="conflict" 1',
    'operation="insert",outcome="failed" 1',
    'operation="get",outcome="done" 1',
  ]);
  expect(text).toContain('lucid_store_operation_seconds_count{operation="insert"} 3');
});
