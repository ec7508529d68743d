import {
  type Between,
  type PayerProcess,
  SOLID_AFTER,
} from "../../../packages/node-management/src/testing/payer-world.ts";
import { checkScene, type Finding } from "./check.ts";
import { createDoom, type Doom } from "./doomed.ts";
import { createHavoc, type Havoc } from "./havoc.ts";
import { isAtRest, recover } from "./recover.ts";
import type { Schedule } from "./schedule.ts";
import { letPeopleAct } from "./people.ts";
import type { openSigner } from "./signer.ts";
import { openScene, type Scene, type Stage } from "./stage.ts";

export type Played = {
  /** How many operations the payer had begun when everything was repaired, and which of them were writes. */
  readonly operations: number;
  readonly writes: readonly number[];
  readonly findings: readonly Finding[];
  /** What payouts and owners wait for in the end, one sentence each. */
  readonly waits: readonly string[];
};

/** Rounds that a payer lives before everything is repaired; a block is solidified after each. */
const ROUNDS = { paid: 4, decided: 7 };

/** Plays one schedule from due owners to the end, and judges what became of it. */
export const playSchedule = async (
  stage: Stage,
  schedule: Schedule,
  openSignerOf?: typeof openSigner,
): Promise<Played> => {
  await using scene = await openScene(stage, openSignerOf);
  const { world, store, signer } = scene;
  const { endpoints } = stage;
  const havoc = createHavoc(scene, { firstWrite: store.writes });
  const doom = createDoom(schedule, havoc.happen);
  const sign: NonNullable<Between["signer"]> = (key) => doom.signer(signer.of(world)(key));
  const start = () =>
    world.start({ endpoints, signer: sign, documents: doom.documents, chain: doom.chain });

  const observer = world.start();
  let process = start();
  for (let round = 0; round < ROUNDS[stage.plot]; round++) {
    await tryRun(process);
    await letPeopleAct(scene, process, round).catch(() => null);
    if (!doom.isDead && (await isAtRest(scene, observer))) break;
    if (doom.isDead) process = await restart(scene, doom, { havoc, start, observer });
    await world.mine(SOLID_AFTER + 1);
  }
  const { operations, writes } = doom;
  await havoc.repair();
  await doom.arrive();
  const last = world.start({ endpoints, signer: signer.of(world) });
  await recover(scene, last);
  const { findings, waits } = await checkScene(scene, last);
  return { operations, writes, findings, waits };
};

/** What is asked may be lost and a run may break off; the chore logs it and runs again. */
const tryRun = async (process: PayerProcess): Promise<void> => {
  await process.payouts.request().catch(() => null);
  await process.run().catch(() => null);
};

const restart = async (
  scene: Scene,
  doom: Doom,
  { havoc, start, observer }: { havoc: Havoc; start: () => PayerProcess; observer: PayerProcess },
): Promise<PayerProcess> => {
  await havoc.rewind();
  doom.revive();
  const process = start();
  await scene.credit(observer);
  return process;
};
