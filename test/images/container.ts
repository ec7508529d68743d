import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { start, type Ended, type Running } from "../e2e/lucid.ts";
import { run } from "./command.ts";
import type { ImageConfig } from "./store.ts";
import { withTrace } from "./trace.ts";

export type ContainerImage = { readonly root: string; readonly config: ImageConfig };

export type ContainerOptions = {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of the image's CMD. */
  readonly args?: readonly string[];
  /** What is mounted where, writable. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Where to note by which calls it tries to write. */
  readonly traceFile?: string;
};

export type Container = Running & {
  /** The program's id on this machine. */
  findPid(): Promise<number>;
  /** Runs the image's HEALTHCHECK in it. */
  checkHealth(): Promise<boolean>;
};

/** crun 1.8 knows one kind of control groups only; it gets that one in a mount namespace of its own. */
const withCrun = (args: readonly string[]): [string, string[]] => [
  "unshare",
  [
    "--mount",
    "sh",
    "-c",
    'umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup && exec crun "$@"',
    "crun",
    "--cgroup-manager=disabled",
    ...args,
  ],
];

/** Starts an image as a container engine would with the limits of deploy/compose.yaml, on this machine's network. */
export const startContainer = async (
  { root, config }: ContainerImage,
  bundle: string,
  options: ContainerOptions,
): Promise<Container> => {
  mkdirSync(bundle, { recursive: true });
  const file = join(bundle, "config.json");
  rmSync(file, { force: true });
  await run("crun", ["spec", "--file", file]);
  const spec = JSON.parse(readFileSync(file, "utf8")) as Spec;
  writeFileSync(file, JSON.stringify(specify(spec, { root, config }, options)));
  const command = withCrun(["run", "--bundle", bundle, options.name]);
  const { traceFile } = options;
  const running = start(...(traceFile === undefined ? command : withTrace(traceFile, command)));
  return {
    ...running,
    kill: (signal) => void start(...withCrun(["kill", options.name, signal])),
    findPid: async () => {
      const { out } = await run(...withCrun(["state", options.name]));
      return (JSON.parse(out) as { pid: number }).pid;
    },
    checkHealth: async () => {
      const [kind, ...command] = config.Healthcheck?.Test ?? [];
      if (kind !== "CMD") throw new Error(`${options.name} has no HEALTHCHECK without a shell`);
      return (
        (await start(...withCrun(["exec", "--user", config.User, options.name, ...command])).ended)
          .code === 0
      );
    },
  };
};

/** Runs an image's program to its end. */
export const runContainer = async (
  image: ContainerImage,
  bundle: string,
  options: ContainerOptions,
): Promise<Ended> => {
  const ended = await (await startContainer(image, bundle, options)).ended;
  if (ended.code === 0) return ended;
  throw new Error(`${options.name} ended with ${ended.code}: ${ended.out}${ended.err}`);
};

type Mount = { destination: string; type?: string; source: string; options: string[] };

type Spec = {
  process: Record<string, unknown>;
  root: { path: string; readonly: boolean };
  mounts: Mount[];
  linux: { namespaces: { type: string }[] };
};

const specify = (spec: Spec, { root, config }: ContainerImage, options: ContainerOptions): Spec => {
  const [uid, gid] = config.User.split(":").map(Number);
  const env = Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`);
  return {
    ...spec,
    process: {
      ...spec.process,
      terminal: false,
      user: { uid, gid },
      args: [...config.Entrypoint, ...(options.args ?? config.Cmd ?? [])],
      env: [...config.Env, ...env],
      cwd: config.WorkingDir,
      capabilities: {},
      noNewPrivileges: true,
    },
    root: { path: root, readonly: true },
    mounts: [
      ...spec.mounts.filter(({ destination }) => !destination.startsWith("/sys")),
      {
        destination: "/tmp",
        type: "tmpfs",
        source: "tmpfs",
        options: ["nosuid", "nodev", "size=64m"],
      },
      ...Object.entries(options.mounts).map(([destination, source]) => ({
        destination,
        source,
        options: ["rbind", "rw", "nosuid", "nodev"],
      })),
    ],
    linux: {
      ...spec.linux,
      namespaces: spec.linux.namespaces.filter(({ type }) => !["network", "cgroup"].includes(type)),
    },
  };
};
