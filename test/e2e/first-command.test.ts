import { chmod, cp, mkdir, mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repository, start } from "./lucid.ts";

const install = "install --no-save --loglevel=error --no-audit --no-fund";

let clone = "";

/** A clone with the script that every first command runs, and an npm that only notes that it was called. */
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "lucid-clone-"));
  await cp(join(repository, "scripts"), join(clone, "scripts"), { recursive: true });
  await writeFile(join(clone, "package-lock.json"), "{}");
  const npm = join(clone, "bin", "npm");
  await mkdir(join(clone, "bin"));
  await writeFile(
    npm,
    `#!/bin/sh\nmkdir -p node_modules && echo "$@" >> calls && touch node_modules/.package-lock.json\n`,
  );
  await chmod(npm, 0o755);
});

afterEach(() => rm(clone, { recursive: true, force: true }));

const ensure = (path = `${join(clone, "bin")}:${process.env["PATH"] ?? ""}`) =>
  start(process.execPath, ["scripts/ensure-installed.mjs"], { cwd: clone, env: { PATH: path } })
    .ended;

const calls = () =>
  stat(join(clone, "calls")).then(
    (file) => file.size / `${install}\n`.length,
    () => 0,
  );

test("a fresh clone is installed once, and a line says why", async () => {
  const first = await ensure();
  expect(first.code).toBe(0);
  expect(first.err).toContain("node_modules is missing");
  expect(first.out).toBe("");
  expect(await ensure()).toMatchObject({ code: 0, err: "" });
  expect(await calls()).toBe(1);
});

test("a newer lock file is installed again", async () => {
  await ensure();
  const later = new Date(Date.now() + 60_000);
  await utimes(join(clone, "package-lock.json"), later, later);
  expect((await ensure()).err).toContain("older than package-lock.json");
  expect(await calls()).toBe(2);
});

test("an install that fails ends with one line that says what failed", async () => {
  await writeFile(join(clone, "bin", "npm"), "#!/bin/sh\nexit 7\n");
  const { code, err } = await ensure();
  expect(code).toBe(1);
  expect(err).toContain(`\`npm ${install}\` failed (exit code 7)`);
});
