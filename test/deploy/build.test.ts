import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../e2e/lucid.ts";
import { hasProgram } from "../has-program.ts";

const script = join(repository, "deploy/build.sh");
const build = (...args: string[]) => spawnSync(script, args, { encoding: "utf8" });
const commands = (...args: string[]): string[] =>
  build("--dry-run", ...args)
    .stdout.trimEnd()
    .split("\n");

test("both platforms of every target are built and loaded, and nothing is pushed", () => {
  const lines = commands();
  expect(lines).toHaveLength(10);
  for (const line of lines) {
    expect(line).toMatch(/platform linux\/(amd64|arm64) .*:latest-(amd64|arm64)/);
    expect(line).toContain("--load");
    expect(line).not.toContain("--push");
  }
});

test("--push makes one tag for both platforms, and that of the version", () => {
  const lines = commands("--push", "--version", "1.2.3", "--namespace", "mine", "agent");
  expect(lines).toHaveLength(3);
  expect(lines[2]).toBe(
    "docker buildx imagetools create --tag mine/lucid-agent:latest --tag mine/lucid-agent:1.2.3 mine/lucid-agent:latest-amd64 mine/lucid-agent:latest-arm64",
  );
});

test("bases may be pinned, --help helps, and what is unknown is refused", () => {
  expect(commands("--runtime", "base@sha256:00", "signer")[0]).toContain(
    "--build-arg RUNTIME=base@sha256:00",
  );
  expect(build("--help")).toMatchObject({ status: 0, stderr: "" });
  expect(build("--psuh")).toMatchObject({ status: 2, stdout: "" });
  expect(build("--version")).toMatchObject({ status: 2, stdout: "" });
});

const hasShellcheck = hasProgram("shellcheck", "build.sh is not read by it");
test.skipIf(!hasShellcheck)("shellcheck finds nothing", () => {
  expect(spawnSync("shellcheck", [script], { encoding: "utf8" }).stdout).toBe("");
});
