import {
  ownerAccount,
  payoutId,
  payoutKey,
  payoutReversalKey,
  sha256,
  slotStart,
  splitPayout,
  toHex,
  utf8,
} from "@lucid/protocol";
import type { BlockNetwork, LedgerDraft, PayoutRecord, Policy } from "@lucid/protocol";
import type { WorldOwner } from "./cast.ts";
import type { WorldLedger } from "./ledger.ts";
import type { Lies, WorldRecord } from "./plan.ts";

type Deps = {
  network: BlockNetwork;
  owners: readonly WorldOwner[];
  ledger: WorldLedger;
  lies: Lies;
};

type Story = readonly PayoutRecord["state"][];

const PAID: Story = ["approved", "signed", "confirmed"];
const FAILED: Story = ["approved", "signed", "failed"];
const SECOND_TRY: Story = ["approved", "signed", "expired", "signed", "confirmed"];

const CANCELLED: Story = ["approved", "cancelled"];
/** Two people close it. */
const DISPUTED: Story = ["approved", "signed", "disputed"];
const GIVEN_UP: Story = ["approved", "signed", "expired", "cancelled"];

const IN_BLOCK: Story = ["confirmed", "failed", "disputed"];

/** A height, and the policy that rules there. */
type Moment = { height: number; ruling: Policy };

type Running = {
  record: PayoutRecord;
  story: PayoutRecord["state"][];
  policy: Policy;
  decided: number;
};

/** The operator's payouts: one state a block. The first fails and the third is cancelled: both are given back. The second needs two tries. The fifth is disputed, and the sixth given up after its first attempt. */
export const createWorldPayouts = ({ network, owners, ledger, lies }: Deps) => {
  const { genesis, networkId } = network;
  const running = new Map<WorldOwner, Running>();
  let made = 0;

  const seal = (record: PayoutRecord): WorldRecord => ({
    type: "payout",
    data: lies.payout?.(record) ?? record,
  });

  const decide = (owner: WorldOwner, policy: Policy, height: number): WorldRecord[] => {
    const account = ownerAccount(owner.ownerId);
    const last = ledger.last(account);
    const grossMicro = BigInt(last?.balance_micro ?? "0");
    if (last === null || grossMicro < BigInt(policy.payout.threshold_micro)) return [];
    const { net, fee } = splitPayout(policy, grossMicro);
    const id = payoutId(networkId, account, last.seq + 1);
    const at = slotStart(genesis, genesis.first_slot + height) + 700;
    const debit = ledger.append([
      {
        account,
        key: payoutKey(id),
        amountMicro: -grossMicro,
        contra: [
          { account: "in_flight", amountMicro: net },
          { account: "fees", amountMicro: fee },
        ],
        ref: owner.address,
        policy: policy.version,
        at,
      },
    ]);
    const record: PayoutRecord = {
      payout_id: id,
      owner_id: owner.ownerId,
      state: "created",
      attempt: 1,
      recipient: owner.address,
      gross_micro: grossMicro.toString(),
      net_micro: net.toString(),
      fee_micro: fee.toString(),
      at,
    };
    const story = [FAILED, SECOND_TRY, CANCELLED, PAID, DISPUTED, GIVEN_UP][made] ?? PAID;
    made += 1;
    running.set(owner, { record, story: [...story], policy, decided: height });
    return [...debit, seal(record)];
  };

  const advance = (
    owner: WorldOwner,
    payout: Running,
    { height, ruling }: Moment,
  ): WorldRecord[] => {
    const { record, story, policy, decided } = payout;
    const [state] = story;
    if (state === undefined) return finish(owner, payout, { height, ruling });
    const delay = lies.signsAfter ?? policy.payout.unwitnessed_delay_slots;
    if (state === "signed" && height < decided + delay) return [];
    story.shift();
    const attempt = record.attempt + (record.state === "expired" ? 1 : 0);
    const { txid: _, tron_block: __, ...terms } = record;
    const txid = toHex(sha256(utf8(`${record.payout_id}/${attempt}`)));
    payout.record = {
      ...terms,
      state,
      attempt,
      at: slotStart(genesis, genesis.first_slot + height) + 900,
      ...(state !== "approved" && state !== "cancelled" && { txid }),
      ...(IN_BLOCK.includes(state) && { tron_block: 1000 + height }),
    };
    return [seal(payout.record)];
  };

  const finish = (
    owner: WorldOwner,
    { record, policy }: Running,
    { height, ruling }: Moment,
  ): WorldRecord[] => {
    running.delete(owner);
    if (record.state === "disputed") return ledger.append([toClose(record, ruling, height)]);
    if (record.state !== "failed" && record.state !== "cancelled") return [];
    return ledger.append([
      {
        account: ownerAccount(owner.ownerId),
        key: payoutReversalKey(record.payout_id),
        amountMicro: BigInt(record.gross_micro),
        contra: [
          { account: "in_flight", amountMicro: -BigInt(record.net_micro) },
          { account: "fees", amountMicro: -BigInt(record.fee_micro) },
        ],
        ref: record.recipient,
        policy: policy.version,
        at: slotStart(genesis, genesis.first_slot + height) + 950,
      },
    ]);
  };

  /** Half of the net had arrived; the rest goes back, and what is paid stays paid. */
  const toClose = (record: PayoutRecord, policy: Policy, height: number): LedgerDraft => {
    const netMicro = BigInt(record.net_micro);
    const backMicro = netMicro / 2n;
    return {
      account: ownerAccount(record.owner_id),
      key: `adjustment:${record.payout_id}`,
      amountMicro: backMicro,
      contra: [
        { account: "in_flight", amountMicro: -netMicro },
        { account: "costs", amountMicro: netMicro - backMicro },
      ],
      ref: record.payout_id,
      policy: policy.version,
      at: slotStart(genesis, genesis.first_slot + height) + 950,
    };
  };

  return (height: number, policy: Policy): WorldRecord[] =>
    owners.flatMap((owner) => {
      const payout = running.get(owner);
      return payout === undefined
        ? decide(owner, policy, height)
        : advance(owner, payout, { height, ruling: policy });
    });
};
