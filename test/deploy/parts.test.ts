import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeParts, listParts } from "../../deploy/parts.mjs";
import { repository } from "../e2e/lucid.ts";

const { packages } = JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8")) as {
  packages: Record<string, object>;
};
const partsOf = (name: string) => listParts(packages, [`packages/${name}`]);
const names = (name: string): string[] => partsOf(name).map((part) => part.name);

test("what a program needs is listed, also what others have for their tests only; tools are not", () => {
  expect(names("tron")).toEqual(expect.arrayContaining(["tronweb", "axios", "typebox"]));
  expect(names("block-manager")).not.toContain("tronweb");
  expect(names("node-management")).not.toContain("vitest");
});

test("every part has a version, a licence and a hash", () => {
  const parts = partsOf("node-management");
  const { components } = describeParts({ name: "lucid-node-management", version: "1" }, parts);
  for (const [index, { version, licence }] of parts.entries()) {
    expect(version).toMatch(/^\d+\.\d+/);
    expect(licence).not.toBe("unknown");
    expect(components[index]?.hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
  }
});
