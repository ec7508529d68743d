import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The files of the programs that this one starts: sources in the repository, siblings when bundled. */
export type Programs = {
  readonly nodeManagement: string;
  readonly agent: string;
  readonly tronDevnet: string;
  /** Preloaded into every child, so that none outlives its parent. */
  readonly endWithParent: string;
  /** null while it is not built. */
  readonly consoleDir: string | null;
};

/** `here` is the `import.meta.url` of a source file in packages/cli/src/programs or of the bundle. */
export const locatePrograms = (here: string = import.meta.url): Programs => {
  const path = (relative: string) => fileURLToPath(new URL(relative, here));
  const isBundle = !here.endsWith(".ts");
  const consoleDir = isBundle ? path("./console") : path("../../../console/dist");
  return {
    nodeManagement: isBundle
      ? path("./node-management.mjs")
      : path("../../../node-management/src/main.ts"),
    agent: isBundle ? path("./lucid-agent.mjs") : path("../../../agent/src/main.ts"),
    tronDevnet: isBundle ? path("./tron-devnet.mjs") : path("../../../tron-devnet/src/main.ts"),
    endWithParent: isBundle ? path("./end-with-parent.mjs") : path("./end-with-parent.ts"),
    consoleDir: existsSync(consoleDir) ? consoleDir : null,
  };
};
