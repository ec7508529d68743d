#!/usr/bin/env node
// Plain JavaScript for any Node from 18 on: finds a Node that can run Lucid, or says what is missing.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const NEEDED = 24;
const STOP_MS = 20_000; // the program's own deadline is 15 s
const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), "..");
const sources = join(root, "packages", "cli", "src", "main.ts");
const bundle = join(root, "dist", "lucid.mjs");
const major = (version) => Number(version.replace(/^v/, "").split(".")[0]);

const asksForHelp = process.argv.some((word) => word === "--help" || word === "-h");

const giveUp = (line) => {
  process.stderr.write(`error: ${line}\n`);
  process.exit(1);
};

const bundledNode = () => {
  const path = join(root, "node_modules", ".bin", "node");
  if (!existsSync(path)) return null;
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return stdout && major(stdout) >= NEEDED ? path : null;
};

/** A clone installs itself, and has a console to show when a service will serve it. */
const prepare = async () => {
  const { ensureConsole, ensureInstalled } = await import("../scripts/ensure-installed.mjs");
  try {
    ensureInstalled();
    if (["demo", "up"].includes(process.argv[2]) && !asksForHelp) ensureConsole();
  } catch (error) {
    giveUp(error.message);
  }
};

/** Runs this file again with a newer Node; its signals and exit code are ours, and it ends when we do. */
const startAgainWith = (node) => {
  const child = spawn(node, [process.argv[1] ?? here, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  process.on("SIGINT", () => {}); // a terminal sends it to both
  for (const signal of ["SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      child.kill(signal);
      setTimeout(() => child.kill("SIGKILL"), STOP_MS).unref();
    });
  child.on("error", (error) => giveUp(`${node} does not start: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
};

/** From Linux's /proc: a process's name and parent; null elsewhere, and when it is gone. */
const lookUp = (pid) => {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return { name, parent };
  } catch {
    return null;
  }
};

/** Our parent, and that one's parent when a shell stands between npm and us. */
const ancestors = () => {
  const parent = lookUp(process.ppid);
  return [process.ppid, ...(parent?.name.endsWith("sh") ? [parent.parent] : [])].join();
};

/** npm that was killed tells nobody: its child only gets other ancestors. */
const endWithNpm = () => {
  if (process.env.npm_lifecycle_event === undefined || process.channel !== undefined) return;
  const first = ancestors();
  const look = setInterval(() => {
    if (ancestors() === first) return;
    clearInterval(look);
    process.kill(process.pid, "SIGTERM");
  }, 1000);
  look.unref();
};

const endWithParent = () => {
  if (process.channel === undefined) return;
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
};

if (existsSync(sources)) await prepare();
endWithNpm();
const main = [sources, bundle].find((path) => existsSync(path));

if (main === undefined) {
  giveUp(`Lucid is not complete here: neither ${sources} nor ${bundle} exists. Clone it again.`);
} else if (major(process.version) >= NEEDED) {
  endWithParent();
  await import(pathToFileURL(main).href);
} else {
  const node = bundledNode();
  if (node === null)
    giveUp(
      `Lucid needs Node ${NEEDED}; this is ${process.version}, and there is no packaged Node for ` +
        `${process.platform}-${process.arch}. Install Node ${NEEDED} (https://nodejs.org) and run this again.`,
    );
  else startAgainWith(node);
}
