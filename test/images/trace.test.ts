import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findAttempts } from "./trace.ts";

const folder = mkdtempSync(join(tmpdir(), "lucid-trace-"));
afterAll(() => rmSync(folder, { recursive: true }));

const program = "/nodejs/bin/node";

const fileOf = (...lines: string[]): string => {
  const file = join(folder, "trace");
  const start = [
    `10 openat(AT_FDCWD, "/etc/runtime", O_WRONLY|O_CREAT) = 3`,
    `11 mkdirat(AT_FDCWD, "rootfs/proc", 0755) = 0`,
    `11 execve("/nodejs/bin/node", ["/nodejs/bin/node"], 0x7f /* 3 vars */) = 0`,
  ];
  writeFileSync(file, [...start, ...lines, `10 unlink("/run/runtime") = 0`].join("\n"));
  return file;
};
const attemptsIn = async (...lines: string[]): Promise<string[]> =>
  findAttempts(fileOf(...lines), { program });

test("reading anything and writing in the three folders and /tmp are no attempts", async () => {
  expect(
    await attemptsIn(
      `11 openat(AT_FDCWD, "/etc/ssl/openssl.cnf", O_RDONLY|O_CLOEXEC) = -1 ENOENT`,
      `12 openat(AT_FDCWD, "/app/data/log/tile.tmp", O_WRONLY|O_CREAT <unfinished ...>`,
      `12 <... openat resumed>) = 20`,
      `12 rename("/app/data/log/tile.tmp", "/app/data/log/tile") = 0`,
      `11 bind(21, {sa_family=AF_INET, sin_port=htons(8095)}, 16) = 0`,
      `11 bind(22, {sa_family=AF_UNIX, sun_path="/app/data/run/signer.sock"}, 110) = 0`,
      `11 openat(AT_FDCWD, "/dev/null", O_RDWR|O_CLOEXEC) = 5`,
      `11 utimensat(23, NULL, [{tv_sec=1, tv_nsec=2} /* 1970 */, UTIME_OMIT], 0) = 0`,
    ),
  ).toEqual([]);
});

test.each([
  `11 openat(AT_FDCWD, "/app/x", O_WRONLY|O_CREAT, 0666) = -1 EROFS (Read-only file system)`,
  `12 openat(AT_FDCWD, "x", O_RDWR|O_CREAT <unfinished ...>`,
  `11 mkdir("/home/nonroot/.cache", 0777) = -1 EROFS (Read-only file system)`,
  `11 rename("/app/data/x", "/app/database") = -1 EROFS (Read-only file system)`,
  `11 unlink("/app/data/../x") = -1 EROFS (Read-only file system)`,
  `13 bind(22, {sa_family=AF_UNIX, sun_path="/run/x.sock"}, 110) = -1 EROFS`,
])("%s is one, from whatever thread it comes", async (line) => {
  expect(await attemptsIn(line)).toEqual([line.slice(3)]);
});

test("a fourth folder is that of the image that has one, not of the others", async () => {
  const line = `11 mkdir("/app/backups/lucid-main.unfinished", 0700) = 0`;
  const more = ["/app/backups"];
  expect(await findAttempts(fileOf(line), { program, more })).toEqual([]);
  expect(await attemptsIn(line)).toEqual([line.slice(3)]);
});
