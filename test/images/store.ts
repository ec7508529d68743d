import { join } from "node:path";
import { start } from "../e2e/lucid.ts";
import { run } from "./command.ts";

/** Where images are kept: a store of buildah's of its own, so that nothing else of this machine is seen or touched. */
export type ImageStore = {
  readonly folder: string;
  buildah(args: readonly string[]): Promise<string>;
  has(image: string): Promise<boolean>;
  /** An image's files, as a folder that stays until the store goes or the image is built again. */
  unpack(image: string): Promise<string>;
  readConfig(image: string): Promise<ImageConfig>;
};

/** What a container engine reads of an image (https://github.com/moby/docker-image-spec). */
export type ImageConfig = {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[] | null;
  readonly WorkingDir: string;
  readonly Volumes: Readonly<Record<string, object>> | null;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Healthcheck?: { readonly Test: readonly string[] };
};

/** `overlay` wherever the folder's file system can carry it; `vfs` copies every layer, and works everywhere. */
export const openImageStore = async (folder: string): Promise<ImageStore> => {
  const optionsOf = (driver: string): string[] => [
    `--root=${join(folder, driver)}`,
    `--runroot=${join(folder, `${driver}-run`)}`,
    `--storage-driver=${driver}`,
  ];
  const hasOverlay = (await start("buildah", [...optionsOf("overlay"), "info"]).ended).code === 0;
  const place = optionsOf(hasOverlay ? "overlay" : "vfs");
  const buildah = async (args: readonly string[]): Promise<string> =>
    (await run("buildah", [...place, ...args])).out.trim();
  return {
    folder,
    buildah,
    async has(image) {
      const names = await buildah(["images", "--format", "{{.Name}}:{{.Tag}}"]);
      return names.split("\n").includes(image);
    },
    async unpack(image) {
      const container = await buildah(["from", "--pull-never", image]);
      return buildah(["mount", container]);
    },
    async readConfig(image) {
      const text = await buildah(["inspect", "--type", "image", image]);
      const { Docker } = JSON.parse(text) as { Docker: { config: ImageConfig } };
      return Docker.config;
    },
  };
};
