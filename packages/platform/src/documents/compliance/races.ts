import { expect, test } from "vitest";
import { line, type InStore, repeatDuring } from "./fixtures.ts";

export function registerRaces(inStore: InStore): void {
  test("of many inserts of one key exactly one is done and all others see it", () =>
    inStore(async ({ lines }) => {
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          lines.insert(line("seat", 0, { id: `id${n}`, note: `n${n}` })),
        ),
      );
      const done = answers.filter((answer) => answer.outcome === "done");
      expect(done).toHaveLength(1);
      const [winner] = await lines.find({ where: { account: "seat" } });
      const seen = answers.flatMap((answer) =>
        answer.outcome === "conflict" ? [answer.stored] : [],
      );
      expect(seen).toEqual(Array.from({ length: 199 }, () => winner));
    }));

  test("no compare-and-set is lost: every one that is done counts once", () =>
    inStore(async ({ lines }) => {
      await lines.insert(line("counter", 0));
      const client = async () => {
        for (let won = 0; won < 10;) {
          const stored = await lines.get("counter#0");
          const before = stored?.amount_micro ?? 0n;
          const answer = await lines.update(
            "counter#0",
            { amount_micro: before + 1n },
            { expect: { amount_micro: before } },
          );
          if (answer.outcome === "done") won += 1;
        }
      };
      await Promise.all(Array.from({ length: 12 }, client));
      expect(await lines.get("counter#0")).toMatchObject({ amount_micro: 120n });
    }));

  test("many writers that append to one chain leave no gap and no fork", () =>
    inStore(async ({ lines }) => {
      const append = async (writer: number) => {
        for (let added = 0; added < 10;) {
          const [last] = await lines.find({
            where: { account: "chain" },
            sort: [["seq", "desc"]],
            limit: 1,
          });
          const seq = (last?.seq ?? -1) + 1;
          const answer = await lines.insert(line("chain", seq, { key: `${writer}/${added}` }));
          if (answer.outcome === "done") added += 1;
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, writer) => append(writer)));
      const chain = await lines.find({ where: { account: "chain" }, sort: [["seq", "asc"]] });
      expect(chain.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, seq) => seq));
    }));

  test("of an update and a remove with the same expectation one is done", () =>
    inStore(async ({ lines }) => {
      await lines.insert(line("a", 0));
      const [updated, removed] = await Promise.all([
        lines.update("a#0", { amount_micro: 1n }, { expect: { amount_micro: 0n } }),
        lines.remove("a#0", { expect: { amount_micro: 0n } }),
      ]);
      expect([updated.outcome, removed.outcome].toSorted()).toEqual(["conflict", "done"]);
    }));

  test("one wrong write does not disturb those that are asked for with it", () =>
    inStore(async ({ lines }) => {
      await lines.insert(line("a", 0));
      const answers = await Promise.allSettled([
        lines.insert(line("a", 1)),
        lines.update("a#0", { key: undefined }, { expect: {} }),
        lines.insert(line("a", 2)),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(await lines.count()).toBe(3);
    }));

  test("small writes and reads get their turn while a large batch is written and read", () =>
    inStore(async ({ lines }) => {
      const batch = Array.from({ length: 20_000 }, (_, seq) => line("big", seq));
      let small = 0;
      const writeSmall = async () => {
        await lines.insert(line("small", small));
        expect(await lines.get(`small#${small}`)).not.toBeNull();
        small += 1;
      };
      await repeatDuring(lines.insertMany(batch), writeSmall);
      const duringWrite = small;
      const all = await repeatDuring(lines.find({ where: { account: "big" } }), writeSmall);
      expect(all).toEqual(batch.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
      expect(duringWrite).toBeGreaterThan(5);
      expect(small - duringWrite).toBeGreaterThan(5);
    }));
}
