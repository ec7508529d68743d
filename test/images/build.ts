import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repository } from "../e2e/lucid.ts";
import { HOST_CERTIFICATES, type Bases } from "./bases.ts";
import { run } from "./command.ts";
import type { ImageStore } from "./store.ts";

export const targets = ["node-management", "block-manager", "signer", "agent"] as const;
export type Target = (typeof targets)[number];

export const imageOf = (target: Target): string => `localhost/lucid-${target}:trial`;

/** Builds every target of deploy/Dockerfile on the stand-ins, with this machine's settings of npm as a secret. */
export const buildImages = async (
  store: ImageStore,
  bases: Bases,
  tell: (line: string) => void,
): Promise<void> => {
  const npmrc = join(store.folder, "npmrc");
  const registry = (await run("npm", ["config", "get", "registry"])).out.trim();
  await writeFile(npmrc, `registry=${registry}\ncafile=${HOST_CERTIFICATES}\n`, { mode: 0o600 });
  const revision = (await run("git", ["rev-parse", "HEAD"])).out.trim();
  const given = { BUILDER: bases.builder, RUNTIME: bases.runtime, REVISION: revision };
  const common = [
    "bud",
    "--isolation=chroot",
    "--format=docker",
    "--layers",
    "--pull-never",
    `--secret=id=npmrc,src=${npmrc}`,
    `--file=${join(repository, "deploy/Dockerfile")}`,
    `--ignorefile=${join(repository, ".dockerignore")}`,
    ...Object.entries(given).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
  ];
  try {
    for (const target of targets) {
      tell(`building ${target} …`);
      await store.buildah([...common, "--target", target, "--tag", imageOf(target), repository]);
    }
  } finally {
    await rm(npmrc);
  }
};
