import { ownerAccount, splitPayout } from "@lucid/protocol";
import type { PayerProcess } from "../../../packages/node-management/src/testing/payer-world.ts";
import type { Earner, Scene } from "./stage.ts";

/** What must never be. */
export type Finding = {
  readonly kind: "paid_twice" | "lost" | "stuck_without_a_name" | "ledger_broken";
  readonly words: string;
};

type Verdict = { readonly findings: readonly Finding[]; readonly waits: readonly string[] };
type PayoutDocument = Awaited<ReturnType<PayerProcess["payouts"]["list"]>>["items"][number];

/** Judges a scene once everything is repaired and time has passed. */
export const checkScene = async (scene: Scene, process: PayerProcess): Promise<Verdict> => {
  const { items } = await process.payouts.list({ limit: 100 });
  const findings = [
    ...(await compareWithChain(scene, process, items)),
    ...(await checkLedger(process)),
  ];
  const waits: string[] = [];
  for (const earner of scene.stage.earners) {
    const judged = await judgeOwner(scene, process, { earner, items });
    findings.push(...judged.findings);
    waits.push(...judged.waits);
  }
  return { findings, waits };
};

/** The Transfers out of the wallet are the confirmed payouts, and what people recorded or are asked to. */
const compareWithChain = async (
  { world }: Scene,
  { treasury }: PayerProcess,
  payouts: readonly PayoutDocument[],
): Promise<Finding[]> => {
  const records = (await treasury.records({ limit: 100 })).items.map(({ id }) => id);
  const decided = payouts.filter(({ state }) => state === "confirmed" || state === "disputed");
  // A dispute keeps the payer from looking; whoever closes it is told by the gate what else left the wallet.
  await treasury.gate();
  const { verdict } = await treasury.status();
  const named = verdict?.state === "stopped" ? verdict.differences.map(({ txid }) => txid) : [];
  const known = new Set([...records, ...named, ...decided.map(({ txid }) => txid)]);
  const moved = world.devnet.transfers().filter(({ from }) => from === world.wallet);
  const shown = new Set(moved.map(({ txid }) => txid));
  const stray = moved.filter(({ txid }) => !known.has(txid));
  const missing = payouts.filter(
    ({ state, txid = "" }) => state === "confirmed" && !shown.has(txid),
  );
  return [
    ...stray.map(({ txid, to }) =>
      broken(`the chain moved ${txid} to ${to}, and no payout says so`),
    ),
    ...missing.map(({ id }) => ({
      kind: "lost" as const,
      words: `${id} is confirmed, and not on the chain`,
    })),
  ];
};

const checkLedger = async ({ ledger, payouts }: PayerProcess): Promise<Finding[]> => {
  const verdict = await ledger.verify();
  if (!verdict.ok) return [broken(`${verdict.account}#${verdict.seq}: ${verdict.detail}`)];
  const { items } = await payouts.list({ limit: 100 });
  const totals = await ledger.totals();
  const net = items
    .filter(({ state, reversal }) => state !== "cancelled" && reversal !== "done")
    .filter(({ closed }) => closed === undefined)
    .reduce((sum, { net_micro }) => sum + net_micro, 0n);
  return totals.inFlightMicro === net
    ? []
    : [broken(`${totals.inFlightMicro} are in flight, and the payouts make ${net}`)];
};

type Question = { readonly earner: Earner; readonly items: readonly PayoutDocument[] };

/** Paid once, or owed in full with a name for what it waits for. */
const judgeOwner = async (
  { world, stage }: Scene,
  process: PayerProcess,
  { earner, items }: Question,
): Promise<Verdict> => {
  const { ownerId, earnedMicro, node } = earner;
  const policy = stage.services.policies.version(1);
  if (policy === null) throw new Error("the stage has a policy");
  const paid = world.devnet
    .transfers()
    .filter(({ from, to }) => from === world.wallet && to === node.address)
    .reduce((sum, { amountMicro }) => sum + amountMicro, 0n);
  const findings: Finding[] = [];
  const { net } = splitPayout(policy, earnedMicro);
  if (paid > net)
    findings.push({ kind: "paid_twice", words: `${ownerId} was paid ${paid} for ${net}` });

  const open = items.filter(
    ({ owner_id, state, closed }) =>
      owner_id === ownerId && closed === undefined && !FINAL.has(state),
  );
  const balance = await process.ledger.balance(ownerAccount(ownerId));
  if (paid === 0n && balance + sumGross(open) < earnedMicro)
    findings.push({ kind: "lost", words: `${ownerId} earned ${earnedMicro} and has ${balance}` });
  const waits = open.map(({ state, why }) => `${state}: ${why}`);
  if (balance >= BigInt(policy.payout.threshold_micro))
    waits.push(await explain(process, world, ownerId));
  return { findings: [...findings, ...waits.flatMap(nameless)], waits };
};

const FINAL = new Set(["confirmed", "failed", "cancelled"]);

const explain = async (
  { payouts }: PayerProcess,
  { services }: Scene["world"],
  ownerId: string,
): Promise<string> => {
  const owner = services.registry.owner(ownerId);
  return owner === null ? "" : `balance: ${await payouts.explainWait(owner)}`;
};

/** A wait counts as named when it says what for; "the next run" is none after so many, nor what people have ended. */
const nameless = (wait: string): Finding[] =>
  /waits|waiting|paused|stopped|expired|a person|disputed|failed/i.test(wait) &&
  !/something broke|next run|next\.$|signer\.(fence|head)/.test(wait)
    ? []
    : [{ kind: "stuck_without_a_name", words: wait }];

const sumGross = (payouts: readonly PayoutDocument[]): bigint =>
  payouts.reduce((sum, { gross_micro }) => sum + gross_micro, 0n);
const broken = (words: string): Finding => ({ kind: "ledger_broken", words });
