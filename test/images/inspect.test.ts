import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inspectImage } from "./inspect.ts";

const password = "5f".repeat(32);
const config = {
  User: "65532:65532",
  Env: ["NODE_ENV=production"],
  Entrypoint: [],
  Cmd: null,
  WorkingDir: "/app",
  Volumes: null,
  Labels: {},
};
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lucid-image-"));
  mkdirSync(join(root, "app"));
  writeFileSync(join(root, "app/program.mjs"), "export {};\n");
});
afterEach(() => rmSync(root, { recursive: true }));

const inspect = (env: readonly string[] = config.Env) =>
  inspectImage({ root, config: { ...config, Env: env } }, [{ name: ".env", value: password }]);

test("an image with nothing but a program is clean", async () => {
  expect(await inspect()).toMatchObject({ shell_found: false, secrets_found: false, findings: [] });
});

test.each([
  ["app/program.mjs", `const key = "${password}";`, "/app/program.mjs: .env"],
  ["app/network.key", "", "/app/network.key"],
  [".npmrc", "//example.org/:_authToken = x", "/.npmrc"],
])("a secret in %s is found", async (path, text, finding) => {
  writeFileSync(join(root, path), text);
  const { secrets_found, findings } = await inspect();
  expect(secrets_found).toBe(true);
  expect(findings).toContain(finding);
});

test("a secret in a variable and a shell are found", async () => {
  writeFileSync(join(root, "app/busybox"), "");
  const { shell_found, findings } = await inspect([`JWT_SECRET=${password}`]);
  expect(shell_found).toBe(true);
  expect(findings).toEqual(["/app/busybox", ".env", `JWT_SECRET=${password}`]);
});
