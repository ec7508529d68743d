import { outputOf, type Io } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { withKey } from "./place.ts";
import { wholeNumberFrom } from "../lists/index.ts";

type Treasury = ResponseOf<Routes["getTreasury"]>;
type Recorded = ResponseOf<Routes["recordTransfer"]>;

/** `lucid admin treasury`: what left and entered the wallets, and what people say about it. */
export const createTreasuryCommand = (io: Io): Command =>
  new Command("treasury")
    .description("what left and entered the wallets, compared with the books")
    .addCommand(createListCommand(io))
    .addCommand(createRecordCommand(io))
    .addCommand(createRotateCommand(io));

const createListCommand = (io: Io): Command =>
  withKey(new Command("list"))
    .description("whether chain and books agree, what does not, and what people recorded")
    .option("--page <n>", "of the records, from 1", wholeNumberFrom(1), 1)
    .action(async (options: KeyedPlace & { readonly page: number }, command: Command) => {
      const treasury = await createClient({ baseUrl: options.service }).call("getTreasury", {});
      const client = await signInAsAdmin(options);
      const query = { page: options.page, limit: 100 };
      const { items, pagination } = await client.call("listTreasuryRecords", { query });
      outputOf(io, command).result(
        { event: "treasury", ...treasury, records: items, pagination },
        () => [...describeTreasury(treasury), ...items.map(describeRecord)].join("\n"),
      );
    });

type RecordOptions = KeyedPlace & { readonly payout?: string; readonly owner?: string };

const createRecordCommand = (io: Io): Command =>
  withKey(new Command("record"))
    .description("say what a transaction was; what is said stays")
    .argument("<txid>")
    .argument("<reason>", "a sentence for the record")
    .option(
      "--payout <payout_id>",
      "it was this payout, which the books still call due; another amount ends it disputed",
    )
    .option("--owner <owner_id>", "it paid this owner, whose balance is debited with it")
    .action(async (txid: string, reason: string, options: RecordOptions, command: Command) => {
      const client = await signInAsAdmin(options);
      const body = {
        txid,
        reason,
        ...(options.payout !== undefined && { payout_id: options.payout }),
        ...(options.owner !== undefined && { owner_id: options.owner }),
      };
      const recorded = await client.call("recordTransfer", { body });
      outputOf(io, command).result({ event: "recorded", ...recorded }, () =>
        describeRecord(recorded),
      );
    });

const createRotateCommand = (io: Io): Command =>
  withKey(new Command("rotate"))
    .description("pay from another wallet; stop the service, put its key in place, start it again")
    .argument("<address>", "of the new wallet, funded with TRX and USDT")
    .action(async (address: string, place: KeyedPlace, command: Command) => {
      const client = await signInAsAdmin(place);
      const { wallets } = await client.call("rotateWallet", { body: { address } });
      outputOf(io, command).result({ event: "rotated", wallets }, () =>
        wallets.map(({ address: each, state }) => `${each}  ${state}`).join("\n"),
      );
    });

const describeTreasury = (treasury: Treasury): string[] => [
  treasury.state === "open"
    ? "chain and books agree"
    : `${treasury.state}: ${treasury.reason ?? ""}`,
  ...treasury.differences.map(({ kind, words }) => `${kind}: ${words}`),
  ...treasury.wallets.map(
    ({ address, state, balance_usdt, block }) =>
      `${address}  ${state}  ${balance_usdt ?? "unknown"} USDT at block ${block ?? "unknown"}`,
  ),
  ...treasury.unrecorded.map(
    ({ txid, amount_usdt, from }) =>
      `came in: ${amount_usdt} USDT from ${from}; counts after: lucid admin treasury record ${txid} "<reason>"`,
  ),
];

const describeRecord = (record: Recorded): string => {
  const moved = record.transfers.map(({ to, amount_usdt }) => `${amount_usdt} USDT to ${to}`);
  const meaning = [
    ...(record.payout_id === null ? [] : [`was ${record.payout_id}`]),
    ...(record.owner_id === null
      ? []
      : [`debited ${record.debited_usdt} USDT from ${record.owner_id}`]),
  ];
  const what = [moved.join(", "), ...meaning, record.reason].join("; ");
  return `${record.txid}  ${record.direction}  ${what}  (${record.recorded_by}, ${record.recorded_at})`;
};
