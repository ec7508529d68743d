import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HOST_CERTIFICATES, type Bases } from "./bases.ts";
import { run } from "./command.ts";
import type { Source } from "./source.ts";
import type { ImageStore } from "./store.ts";

export const targets = ["node-management", "block-manager", "signer", "agent", "cli"] as const;
export type Target = (typeof targets)[number];

export const imageOf = (target: Target): string => `localhost/lucid-${target}:trial`;

/** Builds every target of deploy/Dockerfile on the stand-ins, with this machine's settings of npm as a secret. */
export const buildImages = async (
  store: ImageStore,
  bases: Bases,
  { folder, version, revision, created }: Source,
  tell: (line: string) => void,
): Promise<void> => {
  const npmrc = join(store.folder, "npmrc");
  const registry = (await run("npm", ["config", "get", "registry"])).out.trim();
  await writeFile(npmrc, `registry=${registry}\ncafile=${HOST_CERTIFICATES}\n`, { mode: 0o600 });
  const given = {
    BUILDER: bases.builder,
    RUNTIME: bases.runtime,
    VERSION: version,
    REVISION: revision,
    CREATED: created,
  };
  const common = [
    "bud",
    "--isolation=chroot",
    "--format=docker",
    "--layers",
    "--pull-never",
    `--secret=id=npmrc,src=${npmrc}`,
    `--file=${join(folder, "deploy/Dockerfile")}`,
    `--ignorefile=${join(folder, ".dockerignore")}`,
    ...Object.entries(given).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
  ];
  try {
    for (const target of targets) {
      tell(`building ${target} …`);
      await store.buildah([...common, "--target", target, "--tag", imageOf(target), folder]);
    }
  } finally {
    await rm(npmrc);
  }
};
