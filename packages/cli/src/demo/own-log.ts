import { Failure } from "@lucid/agent";
import { slotAt } from "@lucid/protocol";
import { openLog, openUrl, type Report } from "@lucid/verify";
import { judge } from "../verify/index.ts";
import { throwIfOver, type Scene } from "./scene.ts";

const LOOK_MS = 200;
/** So many slots may pass until what is sealed stands in the log. */
const PATIENCE_SLOTS = 10;

/** Recomputes everything from the demo's own log, once it holds the slot that is open now. */
export const verifyOwnLog = async (scene: Scene): Promise<Report> => {
  const { io, folder, log } = scene;
  await untilLogHolds(scene, slotAt(folder.genesis, io.clock.now()));
  return judge(log.announced.url, {
    networkId: folder.networkId,
    monotonicMs: () => io.clock.monotonic(),
  });
};

const untilLogHolds = async (scene: Scene, slot: number): Promise<void> => {
  const { io, folder, log } = scene;
  const { slot_ms, first_slot } = folder.genesis;
  const source = openUrl(log.announced.url);
  const untilMs = io.clock.monotonic() + PATIENCE_SLOTS * slot_ms;
  while (io.clock.monotonic() < untilMs) {
    const { checkpoint } = await openLog(source, { networkId: folder.networkId });
    if (checkpoint.size > slot - first_slot) return;
    await io.clock.sleep(LOOK_MS, io.signal);
    throwIfOver(scene);
  }
  throw new Failure("demo.log_behind", `the log does not hold slot ${slot} in time`, {
    fix: `Its log is ${folder.logFile("block-manager")}, that of the service ${folder.logFile("node-management")}`,
  });
};
