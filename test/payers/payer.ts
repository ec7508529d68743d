import { systemClock } from "@lucid/platform/clock";
import { createLeases } from "@lucid/platform/leases";
import { openStage, type Place } from "./stage.ts";

/** Named by its process id; the lease is stolen after two seconds of silence instead of twenty. */
const STEAL_AFTER_MS = 2000;
const BEAT_MS = 250;
const PACE_MS = 50;

const { documents, payer } = await openStage(JSON.parse(process.argv[2] ?? "") as Place);
const options = { holder: `${process.pid}`, stealAfterMs: STEAL_AFTER_MS };
const leases = createLeases({ documents, clock: systemClock }, options);
const tell = (error: unknown): null => {
  console.error(String(error));
  return null;
};
console.log("ready");

for (;;) {
  const lease = await leases.acquire("payouts").catch(tell);
  if (lease === null) {
    await systemClock.sleep(PACE_MS);
    continue;
  }
  const beating = setInterval(() => void lease.beat().catch(tell), BEAT_MS);
  while (lease.isHeld()) {
    await payer.payouts.request().catch(tell);
    await payer.run(lease.token, lease.signal).catch(tell);
    await systemClock.sleep(PACE_MS);
  }
  clearInterval(beating);
}
