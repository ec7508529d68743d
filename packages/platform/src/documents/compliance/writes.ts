import { expect, test } from "vitest";
import { containing } from "./matchers.ts";
import { line, type InStore } from "./fixtures.ts";

export function registerWrites(inStore: InStore): void {
  test("an inserted document is done at version 1 and found by id", () =>
    inStore(async ({ lines }) => {
      const document = line("a", 0);
      expect(await lines.insert(document)).toEqual({ outcome: "done", document, version: 1 });
      expect(await lines.get("a#0")).toEqual(document);
      expect(await lines.get("a#1")).toBeNull();
    }));

  test.each([
    ["the id", line("b", 9, { id: "a#0" })],
    ["the first unique key", line("a", 0, { id: "other", key: "other" })],
    ["the second unique key", line("b", 9, { key: "reward:a#0" })],
    ["everything", line("a", 0)],
  ])("an insert that shares %s with a stored document conflicts with it", (_, second) =>
    inStore(async ({ lines }) => {
      const first = line("a", 0);
      await lines.insert(first);
      expect(await lines.insert(second)).toEqual({ outcome: "conflict", stored: first });
      expect(await lines.count()).toBe(1);
    }),
  );

  test("a document that does not fit the schema is refused by name and nothing is written", () =>
    inStore(async ({ lines }) => {
      const wrong = { ...line("a", 0), amount_micro: 5, extra: true };
      await expect(lines.insert(wrong as never)).rejects.toMatchObject({
        code: "documents.invalid",
        message: containing("/amount_micro"),
      });
      await expect(lines.insertMany([line("a", 0), wrong as never])).rejects.toThrow("extra");
      await expect(lines.insert(line("a", 0, { amount_micro: 2n ** 63n }))).rejects.toThrow(
        "64 bits",
      );
      expect(await lines.count()).toBe(0);
    }));

  test("insertMany keeps what came before the first conflict and says how many that are", () =>
    inStore(async ({ lines }) => {
      const inTheWay = line("a", 2_345);
      await lines.insert(inTheWay);
      const batch = Array.from({ length: 3_000 }, (_, seq) => line("a", seq, { amount_micro: 1n }));
      expect(await lines.insertMany(batch)).toEqual({
        outcome: "conflict",
        inserted: 2_345,
        stored: inTheWay,
      });
      expect(await lines.count({ where: { account: "a" } })).toBe(2_346);
      expect(await lines.insertMany(batch.slice(2_346))).toEqual({
        outcome: "done",
        inserted: 654,
      });
      expect(await lines.insertMany([])).toEqual({ outcome: "done", inserted: 0 });
    }));

  test("update sets, removes and keeps fields, and counts the version", () =>
    inStore(async ({ lines }) => {
      await lines.insert(line("a", 0, { epoch: 3, note: "first" }));
      const changed = { ...line("a", 0), epoch: 4, amount_micro: -7n };
      expect(
        await lines.update(
          "a#0",
          { epoch: 4, amount_micro: -7n, note: undefined },
          { expect: { epoch: 3 } },
        ),
      ).toEqual({ outcome: "done", document: changed, version: 2 });
      expect(await lines.get("a#0")).toEqual(changed);
      expect(await lines.find({ where: { epoch: 3 } })).toEqual([]);
      expect(await lines.find({ where: { epoch: 4 } })).toEqual([changed]);
    }));

  test.each([
    ["a value", { amount_micro: 8n }],
    ["a nested value", { contra: [{ account: "fees", amount_micro: 6n }] }],
    ["an absent field that is there", { contra: undefined }],
    ["a null where the field is absent", { epoch: null }],
  ])(
    "update with an expectation that does not hold (%s) conflicts and changes nothing",
    (_, expectation) =>
      inStore(async ({ lines }) => {
        const stored = line("a", 7, { contra: [{ account: "fees", amount_micro: 5n }] });
        await lines.insert(stored);
        const answer = await lines.update("a#7", { note: "x" }, { expect: expectation });
        expect(answer).toEqual({ outcome: "conflict", stored });
        expect(await lines.remove("a#7", { expect: expectation })).toEqual({
          outcome: "conflict",
          stored,
        });
        expect(await lines.get("a#7")).toEqual(stored);
      }),
  );

  test("update with an expectation that holds deeply is done", () =>
    inStore(async ({ lines }) => {
      const contra = [{ account: "fees", amount_micro: 5n }];
      await lines.insert(line("a", 7, { contra }));
      const expectation = { contra: [{ account: "fees", amount_micro: 5n }], epoch: undefined };
      const answer = await lines.update("a#7", { epoch: null }, { expect: expectation });
      expect(answer).toMatchObject({ outcome: "done", document: { epoch: null } });
    }));

  test("bytes are expected by their content, whatever kind of array carries them", () =>
    inStore(async ({ parcels }) => {
      await parcels.insert({ id: "p", label: "x", content: new Uint8Array([1, 2]) });
      const expectation = (last: number) => ({ expect: { content: Buffer.from([1, last]) } });
      expect(await parcels.update("p", { label: "y" }, expectation(3))).toMatchObject({
        outcome: "conflict",
      });
      expect(await parcels.update("p", { label: "y" }, expectation(2))).toMatchObject({
        outcome: "done",
      });
    }));

  test("update into a unique key of another document conflicts with that one", () =>
    inStore(async ({ lines }) => {
      await lines.insertMany([line("a", 0), line("a", 1)]);
      const answer = await lines.update("a#1", { seq: 0 }, { expect: {} });
      expect(answer).toEqual({ outcome: "conflict", stored: line("a", 0) });
      expect(await lines.get("a#1")).toEqual(line("a", 1));
    }));

  test("update to what the schema refuses is an error and changes nothing", () =>
    inStore(async ({ lines }) => {
      await lines.insert(line("a", 0));
      const wrong = lines.update("a#0", { key: undefined }, { expect: {} });
      await expect(wrong).rejects.toMatchObject({ code: "documents.invalid" });
      expect(await lines.get("a#0")).toEqual(line("a", 0));
    }));

  test("what is not there cannot be updated or removed", () =>
    inStore(async ({ lines }) => {
      expect(await lines.update("a#0", { note: "x" }, { expect: {} })).toEqual({
        outcome: "conflict",
        stored: null,
      });
      expect(await lines.remove("a#0")).toEqual({ outcome: "conflict", stored: null });
    }));

  test("remove answers the document as it was and frees its keys", () =>
    inStore(async ({ lines }) => {
      await lines.insert(line("a", 0));
      expect(await lines.remove("a#0")).toEqual({
        outcome: "done",
        document: line("a", 0),
        version: 1,
      });
      expect(await lines.get("a#0")).toBeNull();
      expect(await lines.insert(line("a", 0))).toMatchObject({ outcome: "done", version: 1 });
    }));

  test("a closed store refuses reads and writes, and may be closed twice", () =>
    inStore(async ({ lines, documents }) => {
      await documents[Symbol.asyncDispose]();
      await expect(lines.get("a#0")).rejects.toMatchObject({ code: "documents.closed" });
      await expect(lines.find()).rejects.toMatchObject({ code: "documents.closed" });
      await expect(lines.insert(line("a", 0))).rejects.toMatchObject({ code: "documents.closed" });
    }));
}
