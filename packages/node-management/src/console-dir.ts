import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the built console lies: beside the bundle, or in its package; undefined while it is not built. */
export const findConsole = (here: string): string | undefined => {
  const relative = here.endsWith(".ts") ? "../../console/dist" : "./console";
  const path = fileURLToPath(new URL(relative, here));
  return existsSync(path) ? path : undefined;
};
