import {
  epochOf,
  needsPerson,
  ownerAccount,
  payoutId,
  payoutKey,
  slotAt,
  splitPayout,
  standingAt,
} from "@lucid/protocol";
import type { AddressBook, BlockNetwork, LedgerEntry, PayoutRules, Policy } from "@lucid/protocol";
import type { Placed, TimedBlock } from "./block.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Ledger } from "./ledger.ts";
import type { Members } from "./members.ts";
import type { Policies } from "./policies.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

/** A payout as its debit decided it. */
export type Debit = {
  readonly payoutId: string;
  readonly ownerId: string;
  readonly recipient: string;
  readonly grossMicro: bigint;
  readonly netMicro: bigint;
  readonly feeMicro: bigint;
  readonly policy: Policy;
  /** when it was decided (Unix ms), and the slot of the block that seals it */
  readonly atMs: number;
  readonly slot: number;
};

/** The payouts that were decided. */
export type Debits = { get(id: string): Debit | undefined };

type Deps = {
  readonly network: BlockNetwork;
  readonly members: Pick<Members, "ofOwner">;
  readonly addresses: AddressBook;
  readonly policies: Policies;
  readonly ledger: Ledger;
  readonly deadlines: Deadlines;
};

/** Debits of owners: each decides one payout, and everything about it follows from the balance, the policy and the address. */
export const createDebits = (deps: Deps) => {
  const { network, members, addresses, policies, ledger, deadlines } = deps;
  const { genesis, networkId } = network;
  const debits = new Map<string, Debit>();
  const rests = new Map<string, bigint>();

  const isRetired = (ownerId: string, slot: number): boolean =>
    members.ofOwner(ownerId).every((member) => standingAt(member.standings, slot) === "retired");

  /** From which balance on an owner is due. */
  const dueFrom = (
    { minimum_micro, threshold_micro }: PayoutRules,
    ownerId: string,
    slot: number,
  ) => {
    const minimum = BigInt(minimum_micro);
    const isRest = (rests.get(ownerId) ?? 0n) >= minimum;
    return isRest || isRetired(ownerId, slot) ? minimum : larger(BigInt(threshold_micro), minimum);
  };

  const checkAmount = (entry: LedgerEntry, ownerId: string, policy: Policy): Verdict => {
    const balance = BigInt(ledger.last(entry.account)?.balance_micro ?? "0");
    const due = dueFrom(policy.payout, ownerId, slotAt(genesis, entry.at));
    if (balance < due)
      return problem(
        "payout.threshold",
        `${ownerId} is paid with a balance of ${balance} micro-USDT; a payout is made from ${due} on.`,
      );
    const gross = grossOf(policy.payout, balance);
    if (-BigInt(entry.amount_micro) !== gross)
      return problem(
        "payout.gross",
        `${entry.key} takes ${-BigInt(entry.amount_micro)} micro-USDT from a balance of ${balance}; policy ${policy.version} takes ${gross}.`,
      );
    const { net, fee } = splitPayout(policy, gross);
    const contra = [
      { account: "fees", amount_micro: fee.toString() },
      { account: "in_flight", amount_micro: net.toString() },
    ];
    if (JSON.stringify(entry.contra) === JSON.stringify(contra)) return null;
    return problem(
      "payout.fee",
      `${entry.key} of ${gross} micro-USDT must be ${net} for the owner and a fee of ${fee} by policy ${policy.version}.`,
    );
  };

  /** Dated back, it could go by an address or a policy that is no longer in force. */
  const checkMoment = (
    { key, at: atMs }: LedgerEntry,
    { slot, waitingSince }: TimedBlock,
  ): Verdict => {
    const decided = slotAt(genesis, atMs);
    if (decided >= waitingSince - Math.floor(genesis.slots_per_epoch / 12)) return null;
    return problem(
      "payout.dated_back",
      `${key} says that it was decided in slot ${decided}, but stands in the block of slot ${slot}, long after nothing was left waiting.`,
    );
  };

  const checkDebit = (entry: LedgerEntry, ownerId: string, policy: Policy): Verdict => {
    const { account, key, seq, ref, at: atMs } = entry;
    const id = payoutId(networkId, account, seq);
    const address = addresses.addressAt(ownerId, atMs);
    if (address === null)
      return problem("payout.owner", `${account} is paid, but is no owner of this network.`);
    if (key !== payoutKey(id))
      return problem(
        "payout.id",
        `The debit ${account}#${seq} has the key ${key}; it is ${payoutKey(id)}.`,
      );
    if (ref !== address)
      return problem(
        "payout.recipient",
        `${key} goes to ${ref}; the address of ${ownerId} is ${address}.`,
      );
    if (entry.policy !== policy.version)
      return problem(
        "payout.policy",
        `${key} was decided under policy ${policy.version}, not ${entry.policy}.`,
      );
    return checkAmount(entry, ownerId, policy);
  };

  return {
    get: (id: string): Debit | undefined => debits.get(id),

    /** Before the entry is on its chain: the last entry is the one it was decided on. */
    check: ({ data: entry, at }: Placed<"ledger_entry">, block: TimedBlock): Verdict => {
      const { account, amount_micro } = entry;
      const ownerId = account.replace(/^owner:/, "");
      const policy = policies.inForce(epochOf(genesis, slotAt(genesis, entry.at)));
      const found = checkMoment(entry, block) ?? checkDebit(entry, ownerId, policy);
      if (found !== null) return { ...found, at };
      const id = payoutId(networkId, account, entry.seq);
      const grossMicro = -BigInt(amount_micro);
      const { net: netMicro, fee: feeMicro } = splitPayout(policy, grossMicro);
      const recipient = entry.ref ?? "";
      debits.set(id, {
        payoutId: id,
        ownerId,
        recipient,
        grossMicro,
        netMicro,
        feeMicro,
        policy,
        atMs: entry.at,
        slot: block.slot,
      });
      rests.set(ownerId, BigInt(entry.balance_micro));
      deadlines.expect(`created:${id}`, "the first record of payouts that were decided", {
        code: "payout.missing",
        detail: `${ownerAccount(ownerId)} was debited for ${id}, and the log goes on for more than an epoch without that payout.`,
        at,
      });
      return null;
    },
  };
};

/** What one payout takes from a balance: at most the maximum, and at most the hour's cap unless a person decides. */
const grossOf = (rules: PayoutRules, balanceMicro: bigint): bigint => {
  const most = smaller(balanceMicro, BigInt(rules.maximum_micro));
  return needsPerson(rules, most) ? most : smaller(most, BigInt(rules.hour_cap_micro));
};

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
