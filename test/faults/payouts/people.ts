import type { PayerProcess } from "../../../packages/node-management/src/testing/payer-world.ts";
import type { Scene } from "./stage.ts";

type Payout = Awaited<ReturnType<PayerProcess["payouts"]["list"]>>["items"][number];
type Decision = Parameters<PayerProcess["payouts"]["decide"]>[0];
type Wish = Pick<Decision, "act" | "by" | "backMicro">;

const PEOPLE = ["ann", "bob"] as const;

/**
 * What people do between two runs: pause and cancel once in the first round, from then on whatever the payer asks of
 * them, by what the chain truly shows. Tells whether the payer has something new to look at.
 */
export const letPeopleAct = async (
  scene: Scene,
  process: PayerProcess,
  round: number,
): Promise<boolean> => {
  const turned = await turnPause(scene, process, round);
  const attributed = (await attribute(process)) || (await recordSigned(scene, process));
  let isTaken = false;
  for (const payout of (await process.payouts.list({ limit: 100 })).items)
    for (const wish of listWishes(scene, payout, round)) {
      const reason = "so it shall be";
      const said = await process.payouts.decide({ payoutId: payout.id, reason, ...wish });
      isTaken ||= said.outcome === "taken";
    }
  return turned || attributed || isTaken || (await helpSigner(scene, process));
};

/** What the signer asks of people, once the books have been put right. */
const helpSigner = async (scene: Scene, process: PayerProcess): Promise<boolean> => {
  const { verdict } = await process.treasury.status();
  if (verdict?.state === "stopped") return false;
  const { items } = await process.payouts.list({ limit: 100 });
  return lowerFence(scene, items) || (await acceptJournal(scene, process, items));
};

/** Another payer had a later token, and this one is the right one: the command is the one that the payout shows. */
const lowerFence = ({ signer }: Scene, items: readonly Payout[]): boolean => {
  const asked = items.flatMap(({ why }) => /lucid signer lower (\d+)/.exec(why)?.[1] ?? []);
  if (asked.length === 0) return false;
  signer.lower(Math.min(...asked.map(Number)));
  return true;
};

/** The signer says that its journal lacks something. */
const acceptJournal = async (
  { signer }: Scene,
  { treasury }: PayerProcess,
  items: readonly Payout[],
): Promise<boolean> => {
  if (!items.some(({ why }) => why.includes("signer accept"))) return false;
  const records = (await treasury.records({ limit: 100 })).items;
  signer.accept(
    new Map([
      ...items.map(({ id, txid = "" }) => [txid, id] as const),
      ...records.map(({ id, payout_id }) => [id, payout_id] as const),
    ]),
  );
  return true;
};

const turnPause = async (
  { stage }: Scene,
  { payouts }: PayerProcess,
  round: number,
): Promise<boolean> => {
  const isPaused = stage.plot === "decided" && round === 0;
  if (!isPaused && payouts.state().state !== "paused") return false;
  await payouts.turn({ isPaused, reason: "we look at it first", by: "ann" });
  return true;
};

const listWishes = (scene: Scene, payout: Payout, round: number): Wish[] => {
  const { state, parked } = payout;
  const { plot, earners } = scene.stage;
  if (state === "disputed" && payout.closed === undefined) return closeBy(scene, payout);
  if (isNeverSigned(payout)) return [{ act: "cancel", by: "ann" }];
  if (plot === "paid") return [];
  if (state === "created" || state === "expired")
    return round === 0 && payout.owner_id === earners[0]?.ownerId
      ? [{ act: "cancel", by: "ann" }]
      : PEOPLE.map((by) => ({ act: "approve", by }));
  const isSent = state === "signed" || state === "broadcast";
  return isSent && parked && isDead(scene, payout) ? [{ act: "expire", by: "bob" }] : [];
};

/** The signer has seen other books, or another transaction of this payout in a block, and stays with that. */
const isNeverSigned = ({ state, why }: Payout): boolean =>
  state === "signed" && /\(signer\.head\)|it is in block .*\(signer\.attempt_open\)/.test(why);

/** Two people close it; the owner gets back what never arrived. */
const closeBy = ({ world }: Scene, { txid, recipient, gross_micro }: Payout): Wish[] => {
  const arrived = world.devnet.transfers().some((t) => t.txid === txid && t.to === recipient);
  return PEOPLE.map((by) => ({ act: "close", by, backMicro: arrived ? 0n : gross_micro }));
};

/** Whether a transaction is in no block, and can enter none any more. */
const isDead = ({ world }: Scene, { txid = "", expiration_ms = 0 }: Payout): boolean =>
  world.devnet.head().timestampMs > expiration_ms &&
  !world.devnet.blocks().some(({ txids }) => txids.includes(txid));

/** The signer names a transaction of a payout that the books have lost, and the chain holds it: it is recorded as the payout says. */
const recordSigned = async (
  { world }: Scene,
  { treasury, payouts }: PayerProcess,
): Promise<boolean> => {
  let acted = false;
  for (const { id: payoutId, why, recipient } of (await payouts.list({ limit: 100 })).items) {
    const named = /treasury record <txid> .*--payout/.test(why) ? why.match(/[0-9a-f]{64}/g) : null;
    const paid = world.devnet
      .transfers()
      .find(({ txid, to }) => named?.includes(txid) === true && to === recipient);
    if (paid === undefined) continue;
    const { txid } = paid;
    const said = await treasury.record({ txid, payoutId, by: "treasurer", reason: "signed" });
    acted ||= said.outcome === "recorded";
  }
  return acted;
};

/** A treasurer says what each unknown Transfer was, as the payer suggests. */
export const attribute = async ({ treasury }: PayerProcess): Promise<boolean> => {
  const { verdict } = await treasury.status();
  if (verdict?.state !== "stopped") return false;
  let acted = false;
  for (const { kind, txid, words } of verdict.differences) {
    if (kind !== "unknown_transfer" || txid === null) continue;
    const payoutId = /--payout (\S+)/.exec(words)?.[1];
    const ownerId = /--owner (\S+)/.exec(words)?.[1];
    const recorded = await treasury.record({
      txid,
      payoutId,
      ownerId,
      by: "treasurer",
      reason: "seen",
    });
    acted ||= recorded.outcome === "recorded";
  }
  return acted;
};
