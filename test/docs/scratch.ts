import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { findFreePort } from "../../packages/cli/src/programs/index.ts";
import { repository } from "./page.ts";

export type Ended = { readonly code: number | null; readonly out: string };

/** An empty machine as a document's reader has it: a folder of their own, `lucid` and `sudo`, and ports that are free. */
export type Scratch = AsyncDisposable & {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** What a document says, with the ports and folders of here. */
  readonly here: (text: string) => string;
  /** What was printed here, with the ports and folders of the document. */
  readonly there: (text: string) => string;
  run(script: string): Promise<Ended>;
  /** Runs it again and again until it ends with 0. */
  until(script: string): Promise<Ended>;
  /** Starts what runs until it is stopped; resolves once `isUp` likes what it said, with what stops it. */
  start(script: string, isUp: (out: string) => boolean): Promise<() => Promise<void>>;
};

const RUN_MS = 60_000;
const STOP_MS = 15_000;
const UNTIL_MS = 150_000;
/** Nothing that is waited for comes more often than a slot, and each command is a program that starts. */
const AGAIN_MS = 2000;

const lucid = `#!/bin/sh\nexec "${process.execPath}" "${repository}test/docs/quick-lucid.ts" "$@"\n`;
/** Everything belongs to whoever runs the test. */
const sudo = `#!/bin/sh
if [ "$1" = -u ]; then shift 2; fi
if [ "$1" = chown ]; then exit; fi
exec "$@"
`;

export const createScratch = async (): Promise<Scratch> => {
  const folder = mkdtempSync(join(tmpdir(), "lucid-docs-"));
  const bin = join(folder, ".bin");
  mkdirSync(bin);
  for (const [name, text] of Object.entries({ lucid, sudo })) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(folder, "package.json"), '{"scripts":{"lucid":"lucid"}}');
  const pairs = await placesHere(folder);
  const env = environment(folder, bin, new Map(pairs));
  const running: ChildProcess[] = [];
  const here = (text: string) => pairs.reduce((said, [from, to]) => move(said, from, to), text);
  const shell = (script: string): ChildProcess =>
    spawn("sh", ["-euc", here(script)], { cwd: folder, env, detached: true, stdio: "pipe" });
  const run = async (script: string): Promise<Ended> => {
    const child = shell(script);
    const said = listen(child);
    child.stdin?.end();
    const timer = globalThis.setTimeout(() => stop(child, "SIGKILL"), RUN_MS);
    const [code] = (await once(child, "close")) as [number | null];
    clearTimeout(timer);
    return { code, out: said.text };
  };
  return {
    folder,
    env,
    here,
    there: (text) => pairs.reduceRight((said, [from, to]) => move(said, to, from), text),
    run,
    until: async (script) => {
      const deadline = Date.now() + UNTIL_MS;
      for (;;) {
        const ended = await run(script);
        if (ended.code === 0) return ended;
        if (Date.now() > deadline) throw new Error(`${script}: ${ended.out}`);
        await setTimeout(AGAIN_MS);
      }
    },
    start: async (script, isUp) => {
      const child = shell(script);
      running.push(child);
      const said = listen(child);
      while (!isUp(said.text)) {
        if (child.exitCode !== null) throw new Error(`it ended: ${said.text}`);
        await Promise.race([once(child.stdout ?? child, "data"), once(child, "close")]);
      }
      return () => end(child);
    },
    [Symbol.asyncDispose]: async () => {
      for (const child of running.toReversed()) await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A port's digits may stand in a signature too, where they are no word. */
const move = (text: string, from: string, to: string): string =>
  text.replaceAll(/^\d+$/.test(from) ? new RegExp(`\\b${from}\\b`, "g") : from, to);

const knownPorts = ["8095", "8086", "8087", "9090", "9091", "9190"];
/** Below those that the system hands out by itself. */
let nextPort = 12_000 + Math.floor(Math.random() * 15_000);

/** Places as documents name them, and where they are here. */
const placesHere = async (folder: string): Promise<[string, string][]> => {
  let port = nextPort;
  nextPort += 3 * knownPorts.length;
  const ports: [string, string][] = [];
  for (const known of knownPorts) {
    port = await findFreePort(port + 1);
    ports.push([known, String(port)]);
  }
  return [...ports, ["/var/lib/lucid", join(folder, "var/lib/lucid")]];
};

const environment = (folder: string, bin: string, places: ReadonlyMap<string, string>) => ({
  PATH: `${bin}:${process.env["PATH"] ?? ""}`,
  HOME: folder,
  LANG: "C.UTF-8",
  NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
  NODE_MANAGEMENT_PORT: places.get("8095") ?? "",
  BLOCK_MANAGER_PORT: places.get("8086") ?? "",
  METRICS_PORT: places.get("9090") ?? "",
});

const listen = (child: ChildProcess): { readonly text: string } => {
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (said.text += chunk.toString()));
  return said;
};

/** The shell and what it started. */
const stop = ({ pid }: ChildProcess, signal: NodeJS.Signals): void => {
  if (pid !== undefined) process.kill(-pid, signal);
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  stop(child, "SIGTERM");
  const timer = globalThis.setTimeout(() => stop(child, "SIGKILL"), STOP_MS);
  await closed;
  clearTimeout(timer);
};
