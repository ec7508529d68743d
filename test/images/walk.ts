import { setTimeout as sleep } from "node:timers/promises";
import { lucid } from "../e2e/lucid.ts";
import type { Target } from "./build.ts";
import { createCast, finish, services, type Images, type Part, type Started } from "./cast.ts";
import { listFiles } from "./inspect.ts";
import { observe, type Use } from "./observe.ts";
import type { Scene } from "./scene.ts";

export type Figures = Use & {
  readonly start_ms: number;
  readonly healthy: boolean | null;
  readonly stop_ms: number;
  readonly exit_code: number | null;
  readonly written_outside: readonly string[];
};

export type Walk = {
  readonly figures: ReadonlyMap<Target, Figures>;
  readonly epochs_closed: number;
  readonly payouts_confirmed: number;
  readonly verified: boolean;
};

const PATIENCE_MS = 240_000;
const nodes: readonly Part[] = [1, 2, 3].map((n) => ({ target: "agent", data: `node-${n}` }));

/** A demo network's first epoch and first payouts by nothing but the images, whose files cannot be written to. */
export const walkEpoch = async (
  images: Images,
  scene: Scene,
  tell: (line: string) => void,
): Promise<Walk> => {
  const cast = createCast(images, scene);
  await cast.once({ target: "signer", data: "signer" }, ["init"]);
  const running: Started[] = [];
  for (const part of services) {
    tell(`starting ${part.target} …`);
    running.push(await cast.begin(part));
  }
  tell("watching them idle …");
  const uses = await observe(running.map(({ container }) => container));
  for (const part of nodes) {
    const address = await scene.addNode(part.data);
    await cast.once(part, ["init", "--data", "/app/data"]);
    const wallet = ["--address", address, "--wallet-key-file", "/app/data/wallet.key"];
    await cast.once(part, ["enrol", "--data", "/app/data", "--service", scene.url, ...wallet]);
    running.push(await cast.begin(part));
  }
  tell("three nodes send beacons …");
  const outcome = await waitForPayouts(scene.url);
  uses.push(...(await observe(running.slice(services.length).map(({ container }) => container))));
  tell("checking the log, stopping them …");
  const verified = (await lucid(["verify", scene.logUrl]).ended).code === 0;
  const figures = new Map<Target, Figures>();
  for (const [index, part] of [...running.entries()].toReversed()) {
    const healthy = part.target === "agent" ? null : await part.container.checkHealth();
    const end = await finish(part);
    const written_outside = await findWritten(images, scene, part);
    const { start_ms } = part;
    figures.set(part.target, { start_ms, healthy, ...uses[index]!, ...end, written_outside });
  }
  return { figures, ...outcome, verified };
};

/** What a program writes besides its three folders and /tmp when nothing keeps it from it. */
const findWritten = async (images: Images, scene: Scene, part: Part): Promise<string[]> => {
  const { root } = images[part.target];
  const before = new Map((await listFiles(root)).map(({ path, stamp }) => [path, stamp]));
  const started = await createCast(images, scene).begin(part, { isRootWritable: true });
  await finish(started);
  const after = await listFiles(root);
  return after.filter(({ path, stamp }) => before.get(path) !== stamp).map(({ path }) => path);
};

type Items = { readonly items: readonly { readonly state: string }[] };

const countState = async (url: string, state: string): Promise<number> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return ((await response.json()) as Items).items.filter((item) => item.state === state).length;
};

/** An epoch of the demo takes 30 s; then its rewards are paid. */
const waitForPayouts = async (url: string) => {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const epochs_closed = await countState(`${url}/api/v1/epochs`, "closed");
    const payouts_confirmed = await countState(`${url}/api/v1/payouts`, "confirmed");
    const isOver = performance.now() > deadlineMs;
    if (isOver || (epochs_closed > 0 && payouts_confirmed > 0))
      return { epochs_closed, payouts_confirmed };
    await sleep(1000);
  }
};
