import { type Documents, openDocuments } from "@lucid/platform/documents";
import { collections } from "../collections.ts";

/** A store with every collection of the service, empty and in memory unless a file is named. */
export const openTestStore = (path = ":memory:"): Promise<Documents> =>
  openDocuments({ engine: "sqlite", path, create: true }, collections);
