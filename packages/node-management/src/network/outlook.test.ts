import { createMetrics } from "@lucid/platform/metrics";
import { expect, test } from "vitest";
import type { Solvency } from "../payouts/solvency.ts";
import { testGenesis } from "../testing/index.ts";
import { createOutlookChore } from "./outlook.ts";

const lasting = (usdt: number | null, trx: number | null): Solvency => ({
  held: { usdtMicro: null, trxSun: null, energy: null, bandwidth: null },
  owed: { balancesMicro: 0n, inFlightMicro: 0n, accruedMicro: 0n, totalMicro: 0n },
  covers: null,
  runwayDays: { usdt, trx, energyPayouts: null },
  unknown: [],
});

test("what is unknown is absent, never 0 days", async () => {
  const metrics = createMetrics();
  const answers = [lasting(12.5, null), lasting(null, 3), null];
  const genesis = { ...testGenesis(), first_slot: 30 * testGenesis().slots_per_epoch + 3 };
  const chore = createOutlookChore({
    metrics,
    network: { genesis },
    epochs: { lastClosed: async () => (answers.length === 3 ? null : 41) },
    payouts: { solvency: async () => answers.shift() ?? null },
  });
  if (chore.lease === true) throw new Error("every replica shows its own figures");
  const show = async (): Promise<string[]> => {
    const text = await metrics.registry.metrics();
    return text.split("\n").filter((line) => /^lucid_(epoch_closed|treasury)/.test(line));
  };
  const run = async (): Promise<string[]> => {
    await chore.run(new AbortController().signal);
    return show();
  };
  expect(await show()).toEqual([]);
  expect(await run()).toEqual([
    "lucid_epoch_closed 29",
    'lucid_treasury_runway_seconds{asset="usdt"} 1080000',
  ]);
  expect(await run()).toEqual([
    "lucid_epoch_closed 41",
    'lucid_treasury_runway_seconds{asset="trx"} 259200',
  ]);
  expect(await run()).toEqual(["lucid_epoch_closed 41"]);
});
