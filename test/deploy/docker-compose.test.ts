import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestFolder } from "../../packages/agent/src/testing/folder.ts";
import { repository } from "../e2e/lucid.ts";
import { BUILD_TIMEOUT_MS, buildGoProgram, type GoProgram, hasGo } from "../interop/go-program.ts";

type Project = {
  readonly services: Readonly<
    Record<string, { readonly deploy: { readonly resources: { readonly limits: object } } }>
  >;
};

/** What Docker Compose's own library makes of the files (https://github.com/compose-spec/compose-go). */
describe.skipIf(!hasGo)("Docker Compose", () => {
  let folder: Awaited<ReturnType<typeof createTestFolder>>;
  let compose: GoProgram;
  beforeAll(async () => {
    folder = await createTestFolder();
    compose = await buildGoProgram(folder.path, join(repository, "test/deploy/compose"));
  }, BUILD_TIMEOUT_MS);
  afterAll(() => folder[Symbol.asyncDispose]());

  const files = ["compose.yaml", "compose.signer.yaml"].map((name) =>
    join(repository, "deploy", name),
  );
  const read = async (profiles: string, paths: readonly string[]): Promise<Project> =>
    JSON.parse((await compose(profiles, ...paths)).stdout) as Project;

  test.each([
    ["embedded", 2],
    ["cluster", 6],
    ["staging", 2],
    ["embedded,monitoring", 4],
    ["cluster,staging,monitoring", 10],
  ])("starts %s, each service with its limits", async (profiles, count) => {
    const { services } = await read(profiles, files.slice(0, 1));
    expect(Object.keys(services)).toHaveLength(count);
    for (const { deploy } of Object.values(services))
      expect(deploy.resources.limits).toMatchObject({ cpus: 1, memory: "536870912", pids: 256 });
  });

  test.each(["embedded", "cluster"])("starts %s with a signer", async (profile) => {
    expect((await read(profile, files)).services).toHaveProperty("signer");
  });
});
