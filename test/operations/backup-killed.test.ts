import { existsSync, watch } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@lucid/platform/clock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runLucid } from "../../packages/cli/src/testing/run-lucid.ts";
import { lucid, type Running } from "../e2e/lucid.ts";
import { makeOldFolder } from "./old-folder.ts";

const SLOW_MS = 240_000;
/** After so many changes below the watched folder. */
const moments = [1, 6, 20, 45, 70];
let root: string;
let data: string;
let backup: string;

const place = (name: string) => join(root, name);
/** What is not killed is done in this process. */
const done = (...words: string[]) => runLucid([...words, "--json"], { clock: systemClock });

/** Kills a program once so much has changed below a folder; whether it came to that. */
const killedAfter = async (changes: number, folder: string, start: () => Running) => {
  let seen = 0;
  const watcher = watch(folder, { recursive: true });
  const program = start();
  watcher.on("change", () => {
    if (++seen >= changes) program.kill("SIGKILL");
  });
  const { signal } = await program.ended;
  watcher.close();
  return signal === "SIGKILL";
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-killed-"));
  data = place("data");
  await makeOldFolder(data);
  const made = await done("backup", "--data", data, "--to", place("whole"));
  if (made.code !== 0) throw new Error(made.err);
  backup = String(made.lines[0]?.["folder"]);
}, SLOW_MS);
afterAll(() => rm(root, { recursive: true }));

test(
  "a backup that is killed has no name, and the next is whole and the only one",
  async () => {
    const to = place("backups");
    await mkdir(to);
    let kills = 0;
    for (const moment of moments) {
      const start = () => lucid(["backup", "--data", data, "--to", to]);
      if (!(await killedAfter(moment, to, start))) continue;
      kills++;
      const named = (await readdir(to)).filter((name) => /^lucid-.*(?<!\.unfinished)$/.test(name));
      for (const name of named)
        expect(await done("restore", join(to, name), "--rehearse")).toMatchObject({ code: 0 });
    }
    expect(kills).toBeGreaterThan(1);
    expect(await done("backup", "--data", data, "--to", to)).toMatchObject({ code: 0, err: "" });
    expect((await readdir(to)).filter((name) => name.endsWith(".unfinished"))).toEqual([]);
  },
  SLOW_MS,
);

test(
  "a restore that is killed leaves no network, and the same again completes it",
  async () => {
    let kills = 0;
    for (const moment of moments) {
      const target = place(`restored-${moment}`);
      await mkdir(target);
      const start = () => lucid(["restore", backup, "--data", target]);
      if (!(await killedAfter(moment, target, start))) continue;
      kills++;
      const isOver =
        existsSync(join(target, "network.json")) && !existsSync(join(target, "restore-unfinished"));
      const again = isOver ? { code: 0 } : await done("restore", backup, "--data", target);
      expect(again).toMatchObject({ code: 0 });
      expect(await done("migrate", "--data", target, "--dry-run")).toMatchObject({ code: 0 });
    }
    expect(kills).toBeGreaterThan(1);
  },
  SLOW_MS,
);
