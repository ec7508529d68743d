import { join } from "node:path";
import type { Target } from "./build.ts";
import {
  runContainer,
  startContainer,
  type Container,
  type ContainerImage,
  type ContainerOptions,
} from "./container.ts";
import type { Scene } from "./scene.ts";

export type Images = Readonly<Record<Target, ContainerImage>>;

/** One container of the scene: its image, and the folder of the scene that is its data. */
export type Part = { readonly target: Target; readonly data: string };

/** Who looks after them: takes a backup of the network while it runs, and reads it back. */
export const keeper: Part = { target: "cli", data: "data" };
/** The folder that its image alone has. */
const BACKUPS = "/app/backups";
export const BACKUP = ["backup", "--data", "/app/data", "--to", BACKUPS];

/** Where an image may write besides the three folders that all have. */
export const moreFoldersOf = (target: Target): readonly string[] =>
  target === "cli" ? [BACKUPS] : [];

export const services: readonly Part[] = [
  { target: "block-manager", data: "data" },
  { target: "signer", data: "signer" },
  { target: "node-management", data: "data" },
];

export type Started = Part & { readonly container: Container; readonly start_ms: number };

/** Rejects when one of them ends before `work` is done. */
export const whileRunning = async <T>(
  running: readonly Started[],
  work: Promise<T>,
): Promise<T> => {
  const ends = running.map(async ({ target, data, container }) => {
    const { code, out, err } = await container.ended;
    const words = `${out}${err}`.trim().split("\n").slice(-5).join("\n");
    throw new Error(`${target} of ${data} ended with ${code}:\n${words}`);
  });
  return Promise.race([work, ...ends]);
};

type Traced = Pick<ContainerOptions, "traceFile">;

export type Cast = {
  /** Runs a part's program with other arguments to its end, and says how long that took. */
  once(part: Part, args: readonly string[], options?: Traced): Promise<number>;
  /** Starts a part, and says after how long it wrote that it is at work. */
  begin(part: Part, options?: Traced): Promise<Started>;
};

export const createCast = (images: Images, scene: Scene): Cast => {
  const bundle = ({ target, data }: Part): string => join(scene.folder, "bundles", target, data);
  return {
    async once(part, args, options = {}) {
      const startedMs = performance.now();
      const settings = { ...settingsOf(scene, part), ...options, args };
      await runContainer(images[part.target], bundle(part), settings);
      return Math.round(performance.now() - startedMs);
    },
    async begin(part, options = {}) {
      const startedMs = performance.now();
      const settings = { ...settingsOf(scene, part), ...options };
      const container = await startContainer(images[part.target], bundle(part), settings);
      await container.line((line) => /"msg":"listening"|"event":"/.test(line));
      return { ...part, container, start_ms: Math.round(performance.now() - startedMs) };
    },
  };
};

/** Asks a container to end. */
export const finish = async ({ container }: Started) => {
  const askedMs = performance.now();
  container.kill("SIGTERM");
  const { code } = await container.ended;
  return { stop_ms: Math.round(performance.now() - askedMs), exit_code: code };
};

/** The three folders of an image, what a part is told, and where node-management finds the signer. */
const settingsOf = ({ folder, settings }: Scene, { target, data }: Part): ContainerOptions => ({
  name: `lucid-${process.pid}-${target}-${data}`,
  mounts: {
    "/app/data": join(folder, data),
    "/app/logs": join(folder, "logs"),
    "/app/cache": join(folder, "cache"),
    ...(target === "cli" && { [BACKUPS]: join(folder, "backups") }),
    ...(target === "node-management" && { "/run/signer": join(folder, "signer/run") }),
  },
  ...(target === "agent" && { args: ["--json", "run", "--data", "/app/data"] }),
  env: {
    ...(target === "cli" && { TMPDIR: BACKUPS }),
    ...(target !== "agent" && target !== "cli" && settings[target]),
  },
});
