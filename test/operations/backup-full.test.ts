import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@lucid/platform/clock";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runLucid } from "../../packages/cli/src/testing/run-lucid.ts";
import { lucid as start } from "../e2e/lucid.ts";
import { makeOldFolder } from "./old-folder.ts";

const NO_DISK = "backup-full needs the right to mount a small disk: root's";

let root: string;
let data: string;
/** A disk with room for the documents, and none for a store. */
let small: string;
let isMounted = false;
let backup: string;

const lucid = (...words: string[]) => runLucid([...words, "--json"], { clock: systemClock });
const refused = (folder: string, fix: RegExp) => ({
  code: 4,
  err: expect.stringMatching(
    new RegExp(`"code":"backup.full".*the disk of ${folder} is full.*${fix.source}`),
  ) as string,
});

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-full-"));
  [data, small] = [join(root, "data"), join(root, "small")];
  await makeOldFolder(data);
  await mkdir(small);
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", small]);
  isMounted = status === 0;
  if (!isMounted) process.stderr.write(`skipped: ${NO_DISK}\n`);
  const made = await lucid("backup", "--data", data, "--to", join(root, "backups"));
  backup = String(made.lines[0]?.["folder"]);
});
afterAll(async () => {
  if (isMounted) spawnSync("umount", ["-l", small]);
  await rm(root, { recursive: true });
});
beforeEach(({ skip }) => skip(!isMounted, NO_DISK));

test("a backup names the disk that is full, and leaves nothing on it", async () => {
  const made = await lucid("backup", "--data", data, "--to", small);
  expect(made).toMatchObject(refused(small, /--to/));
  expect(await readdir(small)).toEqual(["lock"]);
});

test("a restore names it too, and is no network", async () => {
  const target = join(small, "restored");
  expect(await lucid("restore", backup, "--data", target)).toMatchObject(
    refused(target, /same command again/),
  );
  expect(await readdir(target)).not.toContain("network.json");
  await rm(target, { recursive: true });
});

test("a rehearsal says how to try it on another disk", async () => {
  const tried = start(["restore", backup, "--rehearse", "--json"], { env: { TMPDIR: small } });
  const { code, err } = await tried.ended;
  expect({ code, err }).toMatchObject(refused(small, /TMPDIR/));
});
