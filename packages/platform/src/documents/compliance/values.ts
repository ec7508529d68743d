import { assert, asyncProperty } from "fast-check";
import { expect, test } from "vitest";
import { anyParcel } from "./arbitraries.ts";
import { line, type InStore } from "./fixtures.ts";

const int64Edges = [0n, -1n, 1n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)];
const strangeNames = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "prototype",
  "$where",
  "a.b",
  "",
  " ",
];
const strangeTexts = [
  "é",
  "e\u0301",
  "日本語",
  "🛰️",
  "\u{10FFFF}",
  "\uFFFD",
  "'; DROP TABLE lines; --",
  '"',
  "%_",
  "\n\t",
  "~",
  "~i1",
];

/** As from outside: an own `__proto__` cannot be written as a literal. */
const parsed = (json: string) => JSON.parse(json) as Record<string, string>;

export function registerValues(inStore: InStore): void {
  test.each(int64Edges)("int64 %s is exact at rest, in conditions and in expectations", (amount) =>
    inStore(async ({ lines }) => {
      const document = line("a", 0, {
        amount_micro: amount,
        contra: [{ account: "b", amount_micro: amount }],
      });
      await lines.insert(document);
      expect(await lines.get("a#0")).toEqual(document);
      expect(await lines.find({ where: { amount_micro: amount } })).toEqual([document]);
      const near = amount > 0n ? amount - 1n : amount + 1n;
      expect(await lines.find({ where: { amount_micro: near } })).toEqual([]);
      const answer = await lines.update("a#0", { note: "x" }, { expect: { amount_micro: near } });
      expect(answer.outcome).toBe("conflict");
    }),
  );

  test.each([0, 1, 31, 32, 65_536, 1_000_000])("%i bytes are exact", (size) =>
    inStore(async ({ parcels }) => {
      const content = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 256);
      await parcels.insert({ id: "p", label: "x", content, notes: { inside: content } });
      const stored = await parcels.get("p");
      expect(Buffer.compare(stored?.content ?? new Uint8Array(1), content)).toBe(0);
      expect(Buffer.compare(Buffer.from(stored?.notes?.["inside"] as Uint8Array), content)).toBe(0);
    }),
  );

  test("bytes are taken as they are when the write is asked for", () =>
    inStore(async ({ parcels }) => {
      const content = new Uint8Array([1, 2, 3]);
      const written = parcels.insert({ id: "p", label: "x", content });
      content.fill(9);
      await written;
      expect((await parcels.get("p"))?.content).toEqual(new Uint8Array([1, 2, 3]));
    }));

  test("null and absent stay apart, also where null and a binary value share a field", () =>
    inStore(async ({ parcels }) => {
      await parcels.insert({ id: "null", label: "x", content: null, weight: null });
      await parcels.insert({ id: "absent", label: "x" });
      expect(await parcels.get("null")).toStrictEqual({
        id: "null",
        label: "x",
        content: null,
        weight: null,
      });
      expect(await parcels.get("absent")).toStrictEqual({ id: "absent", label: "x" });
      await parcels.update(
        "null",
        { weight: 5n, content: undefined },
        { expect: { weight: null } },
      );
      expect(await parcels.get("null")).toStrictEqual({ id: "null", label: "x", weight: 5n });
    }));

  test.each([...strangeNames.filter((name) => name !== ""), ...strangeTexts])(
    "%j is an id and a value like any other",
    (name) =>
      inStore(async ({ parcels }) => {
        const document = { id: name, label: name, notes: { plain: name }, anything: name };
        expect(await parcels.get(name)).toBeNull();
        expect(await parcels.insert(document)).toMatchObject({ outcome: "done" });
        expect(await parcels.insert(document)).toEqual({ outcome: "conflict", stored: document });
        expect(await parcels.get(name)).toEqual(document);
        expect(await parcels.find({ where: { label: name } })).toEqual([document]);
        expect(await parcels.find({ where: { id: { in: [name, "no"] } } })).toEqual([document]);
        expect(await parcels.remove(name)).toMatchObject({ outcome: "done" });
      }),
  );

  test("names of the object prototype are keys inside a document like any other", () =>
    inStore(async ({ parcels }) => {
      const notes = parsed(`{${strangeNames.map((name) => `${JSON.stringify(name)}:"v"`).join()}}`);
      await parcels.insert({ id: "p", label: "x", notes, anything: { nested: notes } });
      const stored = await parcels.get("p");
      expect(Object.keys(stored?.notes ?? {})).toEqual(strangeNames);
      expect(JSON.stringify(stored?.anything)).toBe(JSON.stringify({ nested: notes }));
      expect(({} as Record<string, unknown>)["v"]).toBeUndefined();
    }));

  test("a patch or a condition cannot name what is not a field", () =>
    inStore(async ({ parcels }) => {
      await parcels.insert({ id: "p", label: "x" });
      const patch = parsed('{"__proto__": {"admin": true}}');
      await expect(parcels.update("p", patch, { expect: {} })).rejects.toMatchObject({
        code: "documents.invalid",
      });
      const where = parsed('{"constructor": "x"}');
      await expect(parcels.find({ where })).rejects.toMatchObject({ code: "documents.query" });
      expect(await parcels.get("p")).toStrictEqual({ id: "p", label: "x" });
    }));

  test.each(["", "\0", "a\0b", "\ud800", "a\udc00", "x".repeat(513)])(
    "%j is refused as an id",
    (id) =>
      inStore(async ({ parcels }) => {
        await expect(parcels.insert({ id, label: "x" })).rejects.toMatchObject({
          code: "documents.invalid",
        });
      }),
  );

  test("text that no engine keeps exactly is refused wherever it is", () =>
    inStore(async ({ parcels }) => {
      for (const broken of ["\ud800", "a\0"]) {
        const documents = [
          { id: "p", label: broken },
          { id: "p", label: "x", notes: { n: broken } },
          { id: "p", label: "x", anything: [{ [broken]: 1 }] },
        ];
        for (const document of documents) {
          await expect(parcels.insert(document)).rejects.toMatchObject({
            code: "documents.invalid",
          });
        }
      }
    }));

  test("any document comes back as it went in", () =>
    inStore(async ({ parcels }) => {
      const roundTrips = asyncProperty(anyParcel(), async (parcel) => {
        await parcels.insert(parcel);
        const stored = await parcels.get(parcel.id);
        await parcels.remove(parcel.id);
        expect(stored).toStrictEqual(parcel);
      });
      await assert(roundTrips, { numRuns: 200 });
    }));
}
