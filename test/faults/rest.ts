import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "@lucid/api/client";

const restWithinMs = 180_000;
const pollMs = 250;
const threshold = 10;
const unfinished = new Set(["created", "approved", "signed", "broadcast"]);

/**
 * Lets an epoch close undisturbed, ends the beacons, and waits until the last epoch with beacons is closed and
 * nothing is due or under way. Returns what did not come to rest in time, as sentences.
 */
export async function comeToRest(client: Client, endBeacons: () => void): Promise<string[]> {
  const until = Date.now() + restWithinMs;
  const undisturbed = (await client.call("getNetwork")).epoch + 1;
  await reached(until, () => isClosed(client, undisturbed));
  endBeacons();
  const last = (await client.call("getNetwork")).epoch;
  await reached(
    until,
    async () => (await isClosed(client, last)) && (await open(client)).length === 0,
  );
  const problems = (await isClosed(client, last)) ? [] : [`epoch ${last} did not close`];
  return [...problems, ...(await open(client))];
}

async function reached(until: number, condition: () => Promise<boolean>): Promise<void> {
  while (Date.now() < until && !(await condition())) await wait(pollMs);
}

async function isClosed(client: Client, epoch: number): Promise<boolean> {
  const { items } = await client.call("listEpochs", { query: { limit: 100 } });
  return items.some((item) => item.epoch === epoch && item.state === "closed");
}

/** Payouts that are under way and owners who should have been paid. */
async function open(client: Client): Promise<string[]> {
  const { items: owners } = await client.call("listOwners", { query: { limit: 100 } });
  const due = owners
    .filter(({ balance_usdt }) => Number(balance_usdt) >= threshold)
    .map(({ owner_id, waits }) => `${owner_id} is due: ${waits}`);
  const underWay: string[] = [];
  for (let page = 1; ; page += 1) {
    const { items, pagination } = await client.call("listPayouts", { query: { page, limit: 100 } });
    for (const { payout_id, state, why } of items)
      if (unfinished.has(state)) underWay.push(`${payout_id} is ${state}: ${why}`);
    if (!pagination.has_next) return [...due, ...underWay];
  }
}
