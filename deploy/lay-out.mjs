// Lays every image's /app out in a folder of its own: the program, its licences, and its parts as a CycloneDX list.
// node deploy/lay-out.mjs <folder>
import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describeParts, listParts } from "./parts.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = resolve(process.argv[2] ?? "out");
const dist = join(out, "dist");

/** What of dist/ goes in, and whose dependencies that carries. */
const images = {
  "node-management": { files: /^(node-management|console$)/, from: ["node-management", "console"] },
  "block-manager": { files: /^block-manager/, from: ["block-manager"] },
  signer: { files: /^signer/, from: ["tron"] },
  agent: { files: /^lucid-agent/, from: ["agent"] },
  cli: { files: /^lucid\.mjs$/, from: ["cli"] },
};

/** The texts that came with a package. */
const textsOf = async (folder) => {
  const names = await readdir(join(root, folder));
  const found = names.filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  return Promise.all(found.map((name) => readFile(join(root, folder, name), "utf8")));
};

const describeLicences = async (parts) => {
  const entries = parts.map(async ({ folder, name, version, licence }) => {
    const texts = await textsOf(folder);
    return [`${name} ${version}: ${licence}`, ...texts].map((text) => text.trim()).join("\n\n");
  });
  return `${(await Promise.all(entries)).join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
};

const { version, packages: locked } = JSON.parse(
  await readFile(join(root, "package-lock.json"), "utf8"),
);
execFileSync(process.execPath, [join(root, "scripts/bundle.mjs"), dist], { stdio: "inherit" });
for (const [image, { files, from }] of Object.entries(images)) {
  const folder = join(out, image);
  await mkdir(folder, { recursive: true });
  for (const name of (await readdir(dist)).filter((name) => files.test(name)))
    await cp(join(dist, name), join(folder, name), { recursive: true });
  const parts = listParts(
    locked,
    from.map((name) => `packages/${name}`),
  );
  const program = { name: `lucid-${image}`, version };
  await writeFile(join(folder, "sbom.cdx.json"), JSON.stringify(describeParts(program, parts)));
  await writeFile(join(folder, "LICENCES.txt"), await describeLicences(parts));
  await cp(join(root, "LICENSE"), join(folder, "LICENSE"));
}
await mkdir(join(out, "folders"));
for (const name of ["data", "logs", "cache"])
  await mkdir(join(out, "folders", name), { mode: 0o700 });
