import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../command.ts";
import { tryArm64 } from "./arm64.ts";
import { findMirror, prepareBases } from "./bases.ts";
import { buildImages, imageOf, targets } from "./build.ts";
import type { Images } from "./cast.ts";
import { inspectImage } from "./inspect.ts";
import { prepareScene } from "./scene.ts";
import { prepareSource, type Secret } from "./source.ts";
import { openImageStore, type ImageStore } from "./store.ts";
import { type Figures, walkEpoch } from "./walk.ts";
import { traceWrites } from "./written.ts";

const usage = `usage: npm run images -- [--cache FOLDER] [--mirror URL]
Builds the last commit's deploy/Dockerfile on stand-ins of its base images and runs a network out of the images. Needs root, and
Debian's buildah, debootstrap, crun, strace and qemu-user-static. Bases stay in FOLDER for the next run. The last line is one JSON object.`;

/** `npm run images`: exit code 0 when every image is what docs/containers.md promises. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      cache: { type: "string", default: join(tmpdir(), "lucid-images") },
      mirror: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const tell = (line: string): void => console.error(line);
  const cache = resolve(values.cache);
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const store = await openImageStore(cache);
  const mirror = values.mirror ?? (await findMirror());
  tell("preparing stand-ins of the base images …");
  const bases = await prepareBases(store, mirror);
  const source = await prepareSource(join(cache, "source"));
  await buildImages(store, bases, source, tell);
  const report = await tryImages(store, { mirror, secrets: source.secrets }, tell);
  console.log(JSON.stringify(report));
  return report.ok ? 0 : 1;
}

type Given = { readonly mirror: string; readonly secrets: readonly Secret[] };

const tryImages = async (
  store: ImageStore,
  { mirror, secrets }: Given,
  tell: (line: string) => void,
) => {
  const folder = await mkdtemp(join(tmpdir(), "lucid-trial-"));
  const images = Object.fromEntries(
    await Promise.all(
      targets.map(async (target) => {
        const image = imageOf(target);
        return [target, { root: await store.unpack(image), config: await store.readConfig(image) }];
      }),
    ),
  ) as Images;
  const inspections = new Map(
    await Promise.all(
      targets.map(async (target) => [target, await inspectImage(images[target], secrets)] as const),
    ),
  );
  const scene = await prepareScene(folder);
  try {
    const { figures, ...demo } = await walkEpoch(images, scene, tell);
    tell("once more, under strace …");
    const written = await traceWrites(images, scene, demo.payouts_confirmed);
    const report = targets.map((target) => {
      const image = { ...inspections.get(target)!, ...figures.get(target) };
      return [`lucid-${target}`, { ...image, written_outside: written.get(target)! }] as const;
    });
    tell("starting block-manager as arm64 …");
    const arm64 = await tryArm64(store, join(images["block-manager"].root, "app"), mirror);
    const ok =
      arm64.healthy &&
      demo.verified &&
      demo.payouts_confirmed > 0 &&
      report.every(([, image]) => isAsPromised(image));
    return { ok, images: Object.fromEntries(report), demo, arm64 };
  } finally {
    scene.chain.kill("SIGTERM");
    await scene.chain.ended;
    await store.buildah(["rm", "--all"]);
    await rm(folder, { recursive: true });
  }
};

/** What ends by itself has no figures of a service. */
type Tried = Awaited<ReturnType<typeof inspectImage>> &
  Partial<Figures> & { readonly written_outside: readonly string[] };

const STOP_MS = 10_000;

const isAsPromised = (image: Tried): boolean =>
  !image.shell_found &&
  !image.secrets_found &&
  image.written_outside.length === 0 &&
  image.healthy !== false &&
  (image.stop_ms ?? 0) < STOP_MS &&
  (image.exit_code ?? 0) === 0;

await runCommand(usage, main);
