import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { featureOrders, packageArrows, packageNames, serviceNames } from "../../arrows.ts";
import { collections } from "../../packages/node-management/src/collections.ts";

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const folders = (path: string): string[] =>
  readdirSync(new URL(`../../${path}`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe("the lock file", () => {
  const lock = JSON.parse(read("package-lock.json")) as {
    packages: Record<string, { cpu?: string[]; resolved?: string; integrity?: string }>;
  };
  const packages = Object.entries(lock.packages);

  test("serves both architectures", () => {
    for (const cpu of ["arm64", "x64"])
      expect(lock.packages[`node_modules/node-linux-${cpu}`]).toBeDefined();
    const native = packages.filter(([, { cpu }]) => cpu !== undefined).map(([name]) => name);
    const onX64 = native.filter((name) => /linux-x64/.test(name));
    const twins = onX64.map((name) => name.replaceAll("linux-x64", "linux-arm64"));
    expect(native).toEqual(expect.arrayContaining(twins));
  });

  test("names no registry, but the hash of every package from one", () => {
    for (const [name, { resolved }] of packages)
      expect(resolved ?? "", name).not.toMatch(/^https?:/);
    const fetched = packages.filter(
      ([name, { resolved }]) => name.includes("node_modules/") && resolved === undefined,
    );
    for (const [name, { integrity }] of fetched) expect(integrity, name).toMatch(/^sha512-/);
  });
});

describe("the house", () => {
  test("every package has its arrows", () => {
    expect(folders("packages").toSorted()).toEqual(packageNames.toSorted());
  });

  test("a package declares only what its arrows allow", () => {
    for (const name of packageNames) {
      const { dependencies } = JSON.parse(read(`packages/${name}/package.json`)) as {
        dependencies: Record<string, string>;
      };
      const used = Object.keys(dependencies).filter((other) => other.startsWith("@lucid/"));
      const allowed = packageArrows[name].map((other) => `@lucid/${other}`);
      expect(allowed, name).toEqual(expect.arrayContaining(used));
    }
  });

  test("every feature of a service has its place in the order", () => {
    for (const service of serviceNames) {
      const features = folders(`packages/${service}/src`).filter((name) => name !== "testing");
      expect(features.toSorted(), service).toEqual([...featureOrders[service]].toSorted());
    }
  });

  test("what ARCHITECTURE.md points at is there", () => {
    const table = read("ARCHITECTURE.md").split("## Where do I find")[1]?.split("\n## ")[0] ?? "";
    const paths = [...table.matchAll(/`((?:packages|test|vectors|bench)\/[^`]*)`/g)].map(
      ([, path]) => path ?? "",
    );
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths)
      expect(existsSync(new URL(`../../${path}`, import.meta.url)), path).toBe(true);
  });

  test("every collection stands in ARCHITECTURE.md, and nothing else", () => {
    const table = read("ARCHITECTURE.md").split("## Stores")[1]?.split("\n## ")[0] ?? "";
    const names = table
      .split("\n")
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([a-z_]+)`/g)])
      .map(([, name = ""]) => name);
    expect(names.toSorted()).toEqual(collections.map(({ name }) => name).toSorted());
  });
});
