// Plain JavaScript for any Node from 18 on: makes a fresh clone ready for `npm test` and `npm run demo`.
import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
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
  const line = `\`${command} ${args.join(" ")}\``;
  if (error !== undefined)
    throw new Error(`${line} does not start (${error.message}). Install ${command} and try again.`);
  throw new Error(`${line} failed (exit code ${status}). Fix what it printed above and try again.`);
};

/** What npm wrote down there; {} for what is damaged, which is installed anew. */
const packagesOf = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
  } catch {
    return {};
  }
};

/** A package that is not as it is locked; a checkout makes the lock file newer without changing it. */
const findStale = (locked, installed) => {
  const isStale = (name) =>
    name !== "" &&
    (installed[name] === undefined
      ? locked[name]?.optional !== true
      : installed[name].version !== locked[name]?.version);
  return [...Object.keys(locked), ...Object.keys(installed)].find(isStale);
};

const whyInstall = () => {
  const lock = join(root, "package-lock.json");
  const done = join(modules, ".package-lock.json"); // npm's own, written last
  if (!existsSync(done)) return "they are missing";
  if (modifiedMs(done) >= modifiedMs(lock)) return null;
  const stale = findStale(packagesOf(lock), packagesOf(done));
  return stale === undefined ? null : `${stale} is not the one of package-lock.json`;
};

/** What other clones use, or what somebody else owns, is not ours to change. */
const whyForeign = () => {
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const target = resolve(root, readlinkSync(modules));
    return `node_modules is a link to ${target}. Run \`npm install\` in ${dirname(target)}, or remove the link`;
  }
  const folder = existsSync(modules) ? modules : root;
  try {
    accessSync(folder, constants.W_OK);
    return null;
  } catch {
    return `this user may not write to ${folder}. Run \`npm install\` as the user who owns it`;
  }
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

/** Installs the dependencies when they are missing or are not those of the lock file. */
export const ensureInstalled = () => {
  const reason = whyInstall();
  if (reason === null) return;
  const foreign = whyForeign();
  if (foreign !== null)
    throw new Error(`the dependencies have to be installed (${reason}), but ${foreign}.`);
  note(`Installing dependencies (${reason}), which takes a minute …`);
  // Not `npm ci`: it refuses a lock file from a mirror that lacks the optional binaries of other platforms.
  run("npm", ["install", "--no-save", "--loglevel=error", "--no-audit", "--no-fund"], root);
};

/** Builds the console's pages when they are missing or older than their sources. */
export const ensureConsole = () => {
  const reason = whyBuildConsole();
  if (reason === null) return;
  note(`Building the console (${reason}) …`);
  const installed = join(modules, ".bin", "node");
  const vite = join(modules, "vite", "bin", "vite.js");
  const node = existsSync(installed) ? installed : process.execPath;
  run(node, [vite, "build", "--logLevel", "error"], join(root, "packages", "console"));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    ensureInstalled();
    ensureConsole();
  } catch (error) {
    note(`error: ${error.message}`);
    process.exit(1);
  }
}
