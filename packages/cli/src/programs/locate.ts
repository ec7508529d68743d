import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCode, Failure } from "@lucid/agent";

/** The files of the programs that this one starts: sources in the repository, siblings when bundled. */
export type Programs = {
  readonly nodeManagement: string;
  readonly blockManager: string;
  readonly signer: string;
  readonly agent: string;
  readonly tronDevnet: string;
  /** Preloaded into every child, so that none outlives its parent. */
  readonly endWithParent: string;
  /** null while it is not there; then `noConsole` says why. */
  readonly consoleDir: string | null;
  readonly noConsole: string;
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
    blockManager: isBundle
      ? path("./block-manager.mjs")
      : path("../../../block-manager/src/main.ts"),
    signer: isBundle ? path("./signer.mjs") : path("../../../tron/src/signer/main.ts"),
    agent: isBundle ? path("./lucid-agent.mjs") : path("../../../agent/src/main.ts"),
    tronDevnet: isBundle ? path("./tron-devnet.mjs") : path("../../../tron-devnet/src/main.ts"),
    endWithParent: isBundle ? path("./end-with-parent.mjs") : path("./end-with-parent.ts"),
    consoleDir: existsSync(consoleDir) ? consoleDir : null,
    noConsole: isBundle
      ? `console/ is missing beside ${basename(fileURLToPath(here))}`
      : "not built here: npm run build in packages/console makes it",
  };
};

/** Refuses a bundle that was copied without its siblings. */
export const refuseMissingPrograms = (here: string = import.meta.url): void => {
  const { consoleDir: _dir, noConsole: _why, ...programs } = locatePrograms(here);
  const missing = Object.values(programs).filter((path) => !existsSync(path));
  if (missing.length === 0) return;
  const names = missing.map((path) => basename(path)).join(", ");
  throw new Failure(
    "program.incomplete",
    `keep the files of dist/ together: ${names} ${missing.length === 1 ? "is" : "are"} missing beside ${basename(fileURLToPath(here))}`,
    { exit: exitCode.folder },
  );
};
