import { lucid } from "../e2e/lucid.ts";
import type { Target } from "./build.ts";
import {
  BACKUP,
  createCast,
  finish,
  keeper,
  services,
  type Images,
  type Part,
  type Started,
  whileRunning,
} from "./cast.ts";
import { observe, type Use } from "./observe.ts";
import { waitForPayouts } from "./payouts.ts";
import type { Scene } from "./scene.ts";

export type Figures = Use & {
  readonly start_ms: number;
  readonly healthy: boolean | null;
  readonly stop_ms: number;
  readonly exit_code: number | null;
};

export type Walk = {
  readonly figures: ReadonlyMap<Target, Figures>;
  readonly epochs_closed: number;
  readonly payouts_confirmed: number;
  readonly verified: boolean;
  readonly backup_ms: number;
};

export const nodes: readonly Part[] = [1, 2, 3].map((n) => ({
  target: "agent",
  data: `node-${n}`,
}));

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
  const outcome = await whileRunning(running, waitForPayouts(scene.url, 0));
  uses.push(...(await observe(running.slice(services.length).map(({ container }) => container))));
  tell("checking the log, making a backup, stopping them …");
  const verified = (await lucid(["verify", scene.logUrl]).ended).code === 0;
  const backup_ms = await cast.once(keeper, BACKUP);
  const figures = new Map<Target, Figures>();
  for (const [index, part] of [...running.entries()].toReversed()) {
    const healthy = part.target === "agent" ? null : await part.container.checkHealth();
    const end = await finish(part);
    figures.set(part.target, { start_ms: part.start_ms, healthy, ...uses[index]!, ...end });
  }
  return { figures, ...outcome, verified, backup_ms };
};
