import {
  type Collection,
  type Documents,
  DocumentsError,
  type Written,
} from "@lucid/platform/documents";

type Fault = "fails" | "loses_reply" | "loses_write";

/** A store whose writes to chosen collections go wrong on demand. */
export type FaultyDocuments = {
  readonly decorate: (documents: Documents) => Documents;
  /** From now on inserts into the collection go wrong this way; null heals it. */
  readonly break: (collection: string, fault: Fault | null) => void;
};

export const createFaultyDocuments = (): FaultyDocuments => {
  const faults = new Map<string, Fault>();

  const insertInto = async <T extends { id: string }>(
    name: string,
    collection: Collection<T>,
    document: T,
  ): Promise<Written<T>> => {
    const fault = faults.get(name);
    if (fault === undefined) return collection.insert(document);
    if (fault === "fails") throw new DocumentsError("documents.full", "No room left for documents");
    if (fault === "loses_reply") await collection.insert(document);
    return { outcome: "unknown", reason: "the reply was lost" };
  };

  return {
    break: (name, fault) => {
      if (fault === null) faults.delete(name);
      else faults.set(name, fault);
    },
    decorate: (documents) => ({
      ...documents,
      collection: (definition) => {
        const collection = documents.collection(definition);
        return {
          ...collection,
          insert: (document) => insertInto(definition.name, collection, document),
        };
      },
    }),
  };
};
