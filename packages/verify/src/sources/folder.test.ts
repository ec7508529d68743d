import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFolder } from "./folder.ts";

describe("a log in a folder", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "lucid-folder-"));
    await mkdir(join(dir, "log/body"), { recursive: true });
    await writeFile(join(dir, "secret"), "secret");
    await writeFile(join(dir, "log/body/0"), "leaves");
    await symlink(join(dir, "secret"), join(dir, "log/body/1"));
    await symlink("0", join(dir, "log/body/2"));
    execFileSync("mkfifo", [join(dir, "log/body/3")]);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const read = (path: string, maxBytes = 100) =>
    openFolder(join(dir, "log")).read(path, { maxBytes });

  test("is read file by file, also through links inside", async () => {
    expect(Buffer.from((await read("body/0")) ?? []).toString()).toBe("leaves");
    expect(await read("body/2")).toEqual(await read("body/0"));
    expect(await read("body/9")).toBeNull();
    expect(await read("body/0/9")).toBeNull();
  });

  test.each([
    ["../secret", "source.path"],
    ["body/../../secret", "source.path"],
    ["/etc/hostname", "source.path"],
    ["body/1", "source.path"],
    ["body/3", "source.unreadable"],
    ["body", "source.unreadable"],
  ])("%s is refused: %s", async (path, code) => {
    await expect(read(path)).rejects.toMatchObject({ code, path });
  });

  test("a file that is too large, and a folder that is not there", async () => {
    await expect(read("body/0", 5)).rejects.toMatchObject({ code: "source.too_large" });
    const nowhere = openFolder(join(dir, "nowhere")).read("checkpoint");
    await expect(nowhere).rejects.toMatchObject({ code: "source.unreachable" });
  });
});
