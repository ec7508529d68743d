import { expect, test } from "vitest";
import { line, type UseStore, withStore } from "./fixtures.ts";

export function registerPersistence(useStore: UseStore): void {
  test("a store that is opened again holds what it held, under the same id", () =>
    useStore(async (store) => {
      if (!store.persists) return;
      const content = new Uint8Array([0, 255, 7]);
      let storeId = "";
      await withStore(store, async ({ lines, parcels, documents }) => {
        storeId = documents.storeId;
        await lines.insertMany(Array.from({ length: 1_500 }, (_, seq) => line("a", seq)));
        await lines.update("a#3", { amount_micro: 2n ** 62n }, { expect: {} });
        await lines.remove("a#4");
        await parcels.insert({ id: "p", label: "x", content });
      });
      await withStore(store, async ({ lines, parcels, documents }) => {
        expect(documents.storeId).toBe(storeId);
        expect(await lines.count()).toBe(1_499);
        expect(await lines.get("a#3")).toEqual(line("a", 3, { amount_micro: 2n ** 62n }));
        expect(await lines.insert(line("a", 5))).toMatchObject({ outcome: "conflict" });
        expect(await parcels.get("p")).toEqual({ id: "p", label: "x", content });
      });
    }));

  test("writes that were asked for before the store is closed are in it or refused", () =>
    useStore(async (store) => {
      let written: Promise<unknown> = Promise.resolve();
      await withStore(store, async ({ lines }) => {
        written = lines.insert(line("a", 0));
      });
      expect(await written).toMatchObject({ outcome: "done" });
    }));

  test("a healthy store says so", () =>
    useStore((store) =>
      withStore(store, async ({ documents }) => {
        expect(await documents.check()).toMatchObject({ ok: true });
      }),
    ));
}
