// Makes every program one file that starts on a plain Node 24 without node_modules, and puts the console beside them.
// node scripts/bundle.mjs [folder, default dist]
import { cp, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { ensureConsole } from "./ensure-installed.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = resolve(process.argv[2] ?? join(root, "dist"));
const programs = {
  lucid: "packages/cli/src/main.ts",
  "lucid-agent": "packages/agent/src/main.ts",
  "node-management": "packages/node-management/src/main.ts",
  "block-manager": "packages/block-manager/src/main.ts",
  signer: "packages/tron/src/signer/main.ts",
  "node-management-health": "packages/node-management/src/health.ts",
  "block-manager-health": "packages/block-manager/src/health.ts",
  "signer-health": "packages/tron/src/signer/health.ts",
  "tron-devnet": "packages/tron-devnet/src/main.ts",
  "end-with-parent": "packages/cli/src/programs/end-with-parent.ts",
};

// An older Node cannot read the rest; it stops here, and its message names what it stopped at.
const needsNode24 = "{ using Lucid_needs_Node_24_or_newer = null; }\n";

// What packages written as CommonJS expect to find.
const commonJs = `import { createRequire as lucidCreateRequire } from "node:module";
import { dirname as lucidDirname } from "node:path";
import { fileURLToPath as lucidPath } from "node:url";
const require = lucidCreateRequire(import.meta.url);
const __filename = lucidPath(import.meta.url);
const __dirname = lucidDirname(__filename);
`;

const bundle = async (name, input) => {
  const file = join(dist, `${name}.mjs`);
  const build = await rolldown({ input: join(root, input), platform: "node", logLevel: "warn" });
  await build.write({
    file,
    format: "esm",
    codeSplitting: false,
    minify: { compress: true, mangle: false, codegen: false },
    banner: `${name.startsWith("lucid") ? "#!/usr/bin/env node\n" : ""}${needsNode24}${commonJs}`,
  });
  await build.close();
  const { size } = await stat(file);
  process.stdout.write(
    `${`${name}.mjs`.padEnd(22)} ${(size / 2 ** 20).toFixed(2).padStart(6)} MiB\n`,
  );
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
for (const [name, input] of Object.entries(programs)) await bundle(name, input);
ensureConsole();
await cp(join(root, "packages/console/dist"), join(dist, "console"), { recursive: true });
process.stdout.write(`console/\nin ${dist}\n`);
