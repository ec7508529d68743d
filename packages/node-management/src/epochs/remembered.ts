import type { Collection } from "@lucid/platform/documents";
import type { EpochResultDocument } from "./documents.ts";

/** Some MiB; where more nodes than that are looked at, it begins anew. */
const MOST = 10_000;

/** Results by id. What is sealed never changes again, so it is read once. */
export const createRememberedResults = (
  results: Pick<Collection<EpochResultDocument>, "get">,
): ((id: string) => Promise<EpochResultDocument | null>) => {
  const sealed = new Map<string, EpochResultDocument>();

  const read = async (id: string): Promise<EpochResultDocument | null> => {
    const result = await results.get(id);
    if (result === null || result.sealed_slot === null) return result;
    if (sealed.size >= MOST) sealed.clear();
    sealed.set(id, result);
    return result;
  };

  return async (id) => sealed.get(id) ?? read(id);
};
