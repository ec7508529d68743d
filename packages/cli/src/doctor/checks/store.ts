import { join } from "node:path";
import { checkSchemas } from "@lucid/node-management";
import { failed, type Finding, fine, unknown } from "@lucid/platform/checks";
import { DocumentsError, inspectStore } from "@lucid/platform/documents";
import type { DoctorContext } from "../context.ts";

/** Whether the embedded store is in order, or the server of MONGODB_URI keeps its promises, and this program knows what is in it. */
export const checkStore = async ({ config, folder }: DoctorContext): Promise<Finding> => {
  const { MONGODB_URI: uri } = config.service.values;
  try {
    const words = await inspectStore(
      uri === undefined
        ? { engine: "sqlite", path: join(folder, "node-management.sqlite") }
        : { engine: "mongodb", uri },
    );
    await checkSchemas(config.service.values);
    return fine(words);
  } catch (error) {
    if (!(error instanceof DocumentsError)) throw error;
    if (error.code === "documents.missing")
      return unknown("there is no store before the first start");
    if (error.code === "documents.newer")
      return failed(error.message, "docs/upgrade.md says how to go back");
    return failed(error.message, uri === undefined ? "restore a backup" : "see MONGODB_URI");
  }
};
