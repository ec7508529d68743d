import { describe } from "vitest";
import { type ComplianceStore, type InStore, withStore } from "./fixtures.ts";
import { registerPersistence } from "./persistence.ts";
import { registerQueries } from "./queries.ts";
import { registerRaces } from "./races.ts";
import { registerValues } from "./values.ts";
import { registerWrites } from "./writes.ts";

export type { ComplianceStore };

/**
 * Registers the Vitest suite that every adapter of the document store must pass.
 * `createStore` makes an empty place; its `[Symbol.asyncDispose]` clears it away.
 */
export function documentsCompliance(
  name: string,
  createStore: () => Promise<ComplianceStore & AsyncDisposable>,
): void {
  describe(`documents: ${name}`, () => {
    const useStore = async (test: (store: ComplianceStore) => Promise<void>) => {
      await using store = await createStore();
      await test(store);
    };
    const inStore: InStore = (test) => useStore((store) => withStore(store, test));
    registerWrites(inStore);
    registerRaces(inStore);
    registerValues(inStore);
    registerQueries(inStore, useStore);
    registerPersistence(useStore);
  });
}
