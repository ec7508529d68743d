import { join } from "node:path";
import type { Target } from "./build.ts";
import {
  BACKUP,
  createCast,
  finish,
  type Images,
  keeper,
  moreFoldersOf,
  services,
  type Started,
  whileRunning,
} from "./cast.ts";
import { waitForPayouts } from "./payouts.ts";
import type { Scene } from "./scene.ts";
import { findAttempts } from "./trace.ts";
import { nodes } from "./walk.ts";

/**
 * Goes on with a scene until another payout is confirmed, this time under strace; says by which calls each image
 * tried to write where it must not.
 */
export const traceWrites = async (
  images: Images,
  scene: Scene,
  payoutsBefore: number,
): Promise<ReadonlyMap<Target, readonly string[]>> => {
  const cast = createCast(images, scene);
  const running: Started[] = [];
  for (const part of [...services, ...nodes])
    running.push(await cast.begin(part, { traceFile: traceOf(scene, part) }));
  const { payouts_confirmed } = await whileRunning(
    running,
    waitForPayouts(scene.url, payoutsBefore),
  );
  await cast.once(keeper, BACKUP, { traceFile: traceOf(scene, keeper) });
  for (const part of running.toReversed()) await finish(part);
  if (payouts_confirmed <= payoutsBefore) throw new Error("nothing was paid under strace");
  const attempts = new Map<Target, readonly string[]>();
  for (const part of [...running, keeper]) {
    const [program = ""] = images[part.target].config.Entrypoint;
    const more = moreFoldersOf(part.target);
    const found = await findAttempts(traceOf(scene, part), { program, more });
    attempts.set(part.target, [...(attempts.get(part.target) ?? []), ...found]);
  }
  return attempts;
};

const traceOf = ({ folder }: Scene, { target, data }: Pick<Started, "target" | "data">): string =>
  join(folder, `${target}-${data}.trace`);
