// Plain JavaScript for any Node from 18 on: makes a fresh clone ready for `npm test` and `npm run demo`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const CONSOLE_SOURCES = [
  "packages/console",
  "packages/api/src",
  "packages/protocol/src",
  "package-lock.json",
];

const modifiedMs = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

const newestMs = (path) => {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return modifiedMs(path);
  const inside = readdirSync(path).filter((name) => name !== "dist" && name !== "node_modules");
  return Math.max(0, ...inside.map((name) => newestMs(join(path, name))));
};

const run = (command, args, cwd) => {
  // Output goes to standard error: standard output belongs to the program that starts next (`--json`).
  const options = { cwd, stdio: ["ignore", 2, 2], shell: process.platform === "win32" };
  const { status, error } = spawnSync(command, args, options);
  if (status === 0) return;
  const reason = error === undefined ? `exit code ${status}` : error.message;
  throw new Error(`\`${command} ${args.join(" ")}\` failed (${reason})`);
};

const whyInstall = () => {
  const installed = modifiedMs(join(root, "node_modules", ".package-lock.json"));
  if (installed === 0) return "node_modules is missing";
  const locked = modifiedMs(join(root, "package-lock.json"));
  return installed < locked ? "node_modules is older than package-lock.json" : null;
};

const whyBuildConsole = () => {
  const folder = join(root, "packages", "console");
  if (!existsSync(join(folder, "index.html"))) return null;
  const built = modifiedMs(join(folder, "dist", "index.html"));
  if (built === 0) return "it is not built yet";
  const changed = Math.max(...CONSOLE_SOURCES.map((path) => newestMs(join(root, path))));
  return built < changed ? "its sources are newer" : null;
};

const note = (line) => process.stderr.write(`${line}\n`);

/** Installs the dependencies when they are missing or older than the lock file; answers whether it did. */
export const ensureInstalled = () => {
  const reason = whyInstall();
  if (reason === null) return false;
  note(`Installing dependencies (${reason}), which takes a minute …`);
  // Not `npm ci`: it refuses a lock file from a mirror that lacks the optional binaries of other platforms.
  run("npm", ["install", "--no-save", "--loglevel=error", "--no-audit", "--no-fund"], root);
  const now = new Date();
  utimesSync(join(root, "node_modules", ".package-lock.json"), now, now);
  return true;
};

/** Builds the console's pages when they are missing or older than their sources. */
export const ensureConsole = () => {
  const reason = whyBuildConsole();
  if (reason === null) return;
  note(`Building the console (${reason}) …`);
  const installed = join(root, "node_modules", ".bin", "node");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const node = existsSync(installed) ? installed : process.execPath;
  run(node, [vite, "build", "--logLevel", "warn"], join(root, "packages", "console"));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    ensureInstalled();
    ensureConsole();
  } catch (error) {
    note(`error: ${error.message}. Fix what it printed above, then run the same command again.`);
    process.exit(1);
  }
}
