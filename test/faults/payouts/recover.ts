import {
  type PayerProcess,
  SOLID_AFTER,
} from "../../../packages/node-management/src/testing/payer-world.ts";
import { letPeopleAct } from "./people.ts";
import type { Scene } from "./stage.ts";

/** Rounds after which even what was never included is dead on the chain's clock, and some more. */
const ROUNDS = 21;
const EXPIRY_EVERY = 5;
/** Three minutes of blocks, and those that solidify them. */
const EXPIRY_BLOCKS = 64 + SOLID_AFTER;

/** A healthy payer on what the schedule left; people do what the payer asks of them. */
export const recover = async (scene: Scene, process: PayerProcess): Promise<void> => {
  const { world } = scene;
  await scene.credit(process);
  for (let round = 0; round < ROUNDS; round++) {
    await process.payouts.request();
    await process.run();
    const acted = await letPeopleAct(scene, process, ROUNDS);
    if (!acted && (await isAtRest(scene, process))) return;
    await world.mine(round % EXPIRY_EVERY === EXPIRY_EVERY - 1 ? EXPIRY_BLOCKS : SOLID_AFTER + 1);
  }
};

/** Whether nothing is on its way and nobody has a balance. */
export const isAtRest = async (
  { stage }: Scene,
  { payouts, ledger }: PayerProcess,
): Promise<boolean> => {
  const counts = await payouts.countByState();
  const open = counts.created + counts.approved + counts.signed + counts.broadcast + counts.expired;
  if (open > 0) return false;
  for (const { ownerId } of stage.earners)
    if ((await ledger.balance(`owner:${ownerId}`)) > 0n) return false;
  return true;
};
