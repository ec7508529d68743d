import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
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
  await lock("1.0.0");
  const npm = join(clone, "bin", "npm");
  await mkdir(join(clone, "bin"));
  await writeFile(
    npm,
    `#!/bin/sh\nmkdir -p node_modules && echo "$@" >> calls && cp package-lock.json node_modules/.package-lock.json\n`,
  );
  await chmod(npm, 0o755);
});

/** One dependency in a version, in a lock file of the time to come: a checkout is newer than what is installed. */
const lock = async (version: string) => {
  const path = join(clone, "package-lock.json");
  const packages = { "": { name: "lucid" }, "node_modules/yaml": { version } };
  await writeFile(path, JSON.stringify({ packages }));
  const later = new Date(Date.now() + 60_000);
  await utimes(path, later, later);
};

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
  expect(first.err).toContain("they are missing");
  expect(first.out).toBe("");
  expect(await ensure()).toMatchObject({ code: 0, err: "" });
  expect(await calls()).toBe(1);
});

test("a lock file with another version is installed again, and a newer one with the same is not", async () => {
  await ensure();
  await lock("1.0.0");
  expect(await ensure()).toMatchObject({ code: 0, err: "" });
  await lock("1.0.1");
  expect((await ensure()).err).toContain("node_modules/yaml is not the one of package-lock.json");
  expect(await calls()).toBe(2);
});

test("through a link nothing is installed: what to do instead is said, and what fits is used", async () => {
  await ensure();
  const elsewhere = join(clone, "elsewhere");
  await rename(join(clone, "node_modules"), elsewhere);
  await symlink(elsewhere, join(clone, "node_modules"));
  expect(await ensure()).toMatchObject({ code: 0, err: "" });
  await lock("1.0.1");
  const { code, err } = await ensure();
  expect(code).toBe(1);
  expect(err).toContain(`is a link to ${elsewhere}. Run \`npm install\` in ${clone}`);
  expect(await calls()).toBe(1);
});

test("an install that fails ends with one line that says what failed", async () => {
  await writeFile(join(clone, "bin", "npm"), "#!/bin/sh\nexit 7\n");
  const { code, err } = await ensure();
  expect(code).toBe(1);
  expect(err).toContain(`\`npm ${install}\` failed (exit code 7)`);
});
