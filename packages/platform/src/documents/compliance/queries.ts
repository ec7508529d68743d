import { expect, test } from "vitest";
import { type Line, line, type Lines, type InStore, type UseStore, withStore } from "./fixtures.ts";

const ids = (documents: readonly { id: string }[]) => documents.map(({ id }) => id);

type Query = NonNullable<Parameters<Lines["find"]>[0]>;

/** Two accounts, three epochs and some lines without one. */
const sample: Line[] = [
  line("a", 0, { epoch: 1, amount_micro: 10n, paid: true }),
  line("a", 1, { epoch: 1, amount_micro: -4n, paid: false }),
  line("a", 2, { epoch: 2, amount_micro: 7n, paid: true }),
  line("b", 0, { epoch: 1, amount_micro: 10n }),
  line("b", 1, { epoch: null, amount_micro: 0n }),
  line("b", 2, { amount_micro: 2n ** 60n }),
];

export function registerQueries(inStore: InStore, useStore: UseStore): void {
  const withSample = (check: (lines: Lines) => Promise<void>) =>
    inStore(async ({ lines }) => {
      await lines.insertMany(sample.toReversed());
      await check(lines);
    });

  test.each<[string, Query, string[]]>([
    ["everything by id", {}, ["a#0", "a#1", "a#2", "b#0", "b#1", "b#2"]],
    [
      "everything backwards",
      { sort: [["id", "desc"]] },
      ["b#2", "b#1", "b#0", "a#2", "a#1", "a#0"],
    ],
    ["equal", { where: { account: "a" } }, ["a#0", "a#1", "a#2"]],
    ["equal, sorted", { where: { account: "a" }, sort: [["seq", "desc"]] }, ["a#2", "a#1", "a#0"]],
    ["equal on a whole key", { where: { account: "a", seq: 1 } }, ["a#1"]],
    ["in", { where: { key: { in: ["reward:b#1", "reward:a#0", "no"] } } }, ["a#0", "b#1"]],
    ["in nothing", { where: { key: { in: [] } } }, []],
    ["in, of ids", { where: { id: { in: ["b#2", "a#1", "b#2"] } } }, ["a#1", "b#2"]],
    ["range of ids", { where: { id: { gte: "a#1", lt: "b#1" } } }, ["a#1", "a#2", "b#0"]],
    [
      "range, in its order, ties by id",
      { where: { amount_micro: { gt: -4n, lte: 10n } } },
      ["b#1", "a#2", "a#0", "b#0"],
    ],
    [
      "range backwards, ties too",
      { where: { amount_micro: { gte: 7n, lt: 11n } }, sort: [["amount_micro", "desc"]] },
      ["b#0", "a#0", "a#2"],
    ],
    ["equal, then range", { where: { account: "b", seq: { gte: 1 } } }, ["b#1", "b#2"]],
    [
      "null matches null and absent",
      { where: { epoch: null }, sort: [["seq", "asc"]] },
      ["b#1", "b#2"],
    ],
    [
      "in with null",
      { where: { epoch: { in: [2, null] } }, sort: [["seq", "asc"]] },
      ["b#1", "a#2", "b#2"],
    ],
    ["boolean", { where: { paid: false } }, ["a#1"]],
    ["page", { skip: 1, limit: 2 }, ["a#1", "a#2"]],
    ["page past the end", { skip: 5, limit: 10 }, ["b#2"]],
    ["nothing asked for", { limit: 0 }, []],
  ])("find: %s", (_, query, expected) =>
    withSample(async (lines) => {
      expect(ids(await lines.find(query))).toEqual(expected);
    }),
  );

  test("count counts what find finds", () =>
    withSample(async (lines) => {
      const conditions = [
        {},
        { account: "a" },
        { epoch: null },
        { amount_micro: { gt: 0n } },
        { key: "no" },
      ];
      for (const where of conditions) {
        expect(await lines.count({ where })).toBe((await lines.find({ where })).length);
      }
    }));

  test("pages of any size put together are the whole, in the same order", () =>
    inStore(async ({ lines }) => {
      await lines.insertMany(
        Array.from({ length: 157 }, (_, seq) =>
          line("a", seq, { epoch: 1, amount_micro: BigInt(seq % 5) }),
        ),
      );
      const sort = [["amount_micro", "desc"]] as const;
      const whole = ids(await lines.find({ sort }));
      expect(new Set(whole).size).toBe(157);
      for (const limit of [1, 10, 100]) {
        const pages: string[] = [];
        for (let skip = 0; skip < 157; skip += limit)
          pages.push(...ids(await lines.find({ sort, skip, limit })));
        expect(pages).toEqual(whole);
      }
    }));

  test("text sorts by code point, whatever the language", () =>
    useStore((store) =>
      withStore(store, async ({ lines }) => {
        const beyond = store.ordersByUtf16 === true ? [] : ["\u{1F6F0}"];
        const names = ["Z", "a", "é", "z", "\uFFFD", ...beyond, "A", "_", "10", "9"];
        await lines.insertMany(names.map((name) => line(name, 0, { id: name })));
        const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(ids(await lines.find())).toEqual(sorted);
        expect(ids(await lines.find({ sort: [["account", "asc"]] }))).toEqual(sorted);
      }),
    ));

  test.each([
    ["a field without index", { where: { note: "x" } }],
    ["a field that does not exist", { where: { nothing: 1 } }],
    ["the second field of a key alone", { where: { seq: 1 } }],
    ["two indexes at once", { where: { epoch: 1, account: "a" } }],
    ["two ranges", { where: { epoch: { gt: 0 }, seq: { gt: 0 } } }],
    ["a sort that no index gives", { sort: [["note", "asc"]] }],
    ["a sort that skips a field of the key", { where: { paid: true }, sort: [["seq", "asc"]] }],
    [
      "a sort in two directions",
      {
        where: {},
        sort: [
          ["account", "asc"],
          ["seq", "desc"],
        ],
      },
    ],
    [
      "a sort by another field than the range",
      { where: { epoch: { gt: 0 } }, sort: [["seq", "asc"]] },
    ],
    ["a condition without a value", { where: { account: undefined } }],
    ["a comparison that does not exist", { where: { account: { regex: ".*" } } }],
    ["a value of another type", { where: { seq: "1", account: "a" } }],
    ["a number for an int64", { where: { amount_micro: 10 } }],
    ["a negative page", { skip: -1 }],
    ["half a document", { limit: 0.5 }],
  ])("a query by %s is refused", (_, query) =>
    withSample(async (lines) => {
      await expect(lines.find(query as never)).rejects.toMatchObject({ code: "documents.query" });
    }),
  );

  test("sums are exact, grouped, filtered, and nothing where nothing matches", () =>
    withSample(async (lines) => {
      expect(await lines.sum({ field: "amount_micro" })).toEqual([
        { key: null, sum: 2n ** 60n + 23n },
      ]);
      expect(await lines.sum({ field: "amount_micro", by: "account" })).toEqual([
        { key: "a", sum: 13n },
        { key: "b", sum: 2n ** 60n + 10n },
      ]);
      expect(await lines.sum({ where: { account: "a" }, field: "seq", by: "epoch" })).toEqual([
        { key: 1, sum: 1n },
        { key: 2, sum: 2n },
      ]);
      expect(await lines.sum({ where: { epoch: null }, field: "seq", by: "epoch" })).toEqual([
        { key: null, sum: 3n },
      ]);
      expect(await lines.sum({ where: { account: "none" }, field: "amount_micro" })).toEqual([]);
      expect(await lines.sum({ where: { account: "b" }, field: "epoch" })).toEqual([
        { key: null, sum: 1n },
      ]);
    }));

  test("a sum that leaves 64 bits is an error, not another number", () =>
    withSample(async (lines) => {
      await lines.insert(line("c", 0, { amount_micro: 2n ** 63n - 1n }));
      await expect(lines.sum({ field: "amount_micro" })).rejects.toMatchObject({
        code: "documents.overflow",
      });
    }));

  test("a sum of what is no whole number, or by what is no key, is refused", () =>
    withSample(async (lines) => {
      await expect(lines.sum({ field: "account" })).rejects.toMatchObject({
        code: "documents.query",
      });
      await expect(lines.sum({ field: "seq", by: "contra" })).rejects.toMatchObject({
        code: "documents.query",
      });
      await expect(lines.sum({ where: { note: "x" }, field: "seq" })).rejects.toMatchObject({
        code: "documents.query",
      });
    }));
}
