import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestFolder } from "../../packages/agent/src/testing/folder.ts";
import { repository } from "../e2e/lucid.ts";
import { BUILD_TIMEOUT_MS, buildGoProgram, type GoProgram, hasGo } from "../go-program.ts";

type Service = {
  readonly deploy: { readonly resources: { readonly limits: object } };
  readonly ports?: readonly object[];
  readonly healthcheck?: object;
};
type Project = { readonly services: Readonly<Record<string, Service>> };

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
  const read = async (profiles: string, paths = files.slice(0, 1)): Promise<Project> =>
    JSON.parse((await compose(profiles, ...paths)).stdout) as Project;

  test.each([
    ["embedded", 2],
    ["cluster", 6],
    ["staging", 2],
    ["tools", 2],
    ["embedded,monitoring", 4],
    ["cluster,staging,monitoring", 10],
  ])("starts %s, each service with its limits", async (profiles, count) => {
    const { services } = await read(profiles);
    expect(Object.keys(services)).toHaveLength(count);
    for (const { deploy } of Object.values(services))
      expect(deploy.resources.limits).toMatchObject({
        cpus: 1,
        memory: expect.stringMatching(/^\d+$/) as string,
        pids: expect.any(Number) as number,
      });
  });

  test("looks after the health of everything that stays", async () => {
    const { services } = await read("embedded,cluster,staging,monitoring");
    for (const [name, { healthcheck }] of Object.entries(services))
      expect(healthcheck, name).toBeDefined();
  });

  test("opens the ports on every address, or on the one that is named", async () => {
    const [everywhere] = (await read("embedded")).services["node-management"]?.ports ?? [];
    expect(everywhere).toMatchObject({ target: 8095, published: "8095" });
    expect(everywhere).not.toHaveProperty("host_ip");
    vi.stubEnv("API_ADDRESS", "127.0.0.1");
    const [own] = (await read("embedded")).services["node-management"]?.ports ?? [];
    vi.unstubAllEnvs();
    expect(own).toMatchObject({ target: 8095, published: "8095", host_ip: "127.0.0.1" });
  });

  test.each(["embedded", "cluster"])("starts %s with a signer", async (profile) => {
    expect((await read(profile, files)).services).toHaveProperty("signer");
  });
});
