// Makes of every program what starts on a plain Node 24 without node_modules, and puts the console beside them.
// node scripts/bundle.mjs [folder, default dist]
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
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

// What these import late lies in files of its own beside them: what is not used costs a service no memory.
const inParts = ["node-management", "signer"];

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

// Node keeps a program's text in memory, at two bytes a letter as soon as one of them is not ASCII.
const toAscii = (code) =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const banner = (name) => `${name.startsWith("lucid") ? "#!/usr/bin/env node\n" : ""}${needsNode24}`;

const bundle = async (name, input) => {
  const build = await rolldown({ input: join(root, input), platform: "node", logLevel: "warn" });
  const { output } = await build.generate({
    format: "esm",
    entryFileNames: `${name}.mjs`,
    chunkFileNames: `${name}.[name].mjs`,
    codeSplitting: inParts.includes(name),
    minify: { compress: true, mangle: false, codegen: false },
    banner: ({ isEntry }) => `${isEntry ? banner(name) : ""}${commonJs}`,
  });
  await build.close();
  for (const { fileName, code } of output) {
    const mode = code.startsWith("#!") ? 0o755 : 0o644;
    await writeFile(join(dist, fileName), toAscii(code), { mode });
  }
  const bytes = output.reduce((sum, { code }) => sum + code.length, 0);
  const files = output.length === 1 ? "1 file" : `${output.length} files`;
  const size = `${(bytes / 2 ** 20).toFixed(2).padStart(6)} MiB`;
  process.stdout.write(`${`${name}.mjs`.padEnd(28)} ${size} in ${files}\n`);
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
for (const [name, input] of Object.entries(programs)) await bundle(name, input);
ensureConsole();
await cp(join(root, "packages/console/dist"), join(dist, "console"), { recursive: true });
process.stdout.write(`console/\nin ${dist}\n`);
