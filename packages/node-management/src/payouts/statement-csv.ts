import type { Network } from "../shared/network.ts";
import { toIso, toSealed, toTrx, toUsdt } from "../shared/view.ts";
import type { Statement, StatementLine } from "./statement.ts";
import { explainLine, PROOF } from "./statement-view.ts";

const COLUMNS = [
  "at",
  "kind",
  "amount_usdt",
  "balance_usdt",
  "epoch",
  "node_id",
  "proof",
  "payout_id",
  "state",
  "net_usdt",
  "fee_usdt",
  "network_cost_trx",
  "txid",
  "tron_block",
  "policy",
  "block_height",
  "held_usdt",
  "ledger_key",
  "because",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | undefined>>;

/**
 * A statement as a table: a row for each entry, oldest first, and a last one of the kind `total`, whose amount is the sum
 * of the rows, whose balance is the closing one, and whose net is what the chain confirmed. Format: RFC 4180.
 */
export const statementToCsv = (statement: Statement, network: Network): string =>
  [
    COLUMNS.join(","),
    ...statement.lines.map((line) => rowToText(lineToRow(network, line))),
    rowToText({
      kind: "total",
      amount_usdt: toUsdt(statement.closingMicro - statement.openingMicro),
      balance_usdt: toUsdt(statement.closingMicro),
      net_usdt: toUsdt(statement.paidMicro),
      fee_usdt: toUsdt(statement.feesMicro),
      network_cost_trx: toTrx(statement.networkCostSun),
      held_usdt: toUsdt(statement.heldMicro),
      because: statement.addsUp
        ? "Opening balance and all rows are the closing balance."
        : "The rows do not add up: tell the network's people.",
    }),
    "",
  ].join("\r\n");

const lineToRow = ({ genesis }: Network, { entry, source, sealedSlot }: StatementLine): Row => ({
  at: toIso(entry.at),
  kind: entry.kind,
  amount_usdt: toUsdt(BigInt(entry.amount_micro)),
  balance_usdt: toUsdt(BigInt(entry.balance_micro)),
  policy: entry.policy,
  block_height: toSealed(genesis, sealedSlot)?.height,
  ledger_key: entry.key,
  because: explainLine({ entry, source }),
  ...(source.kind === "reward" && {
    epoch: source.result.epoch,
    node_id: source.result.node_id,
    proof: PROOF,
  }),
  ...(source.kind === "payout" && {
    payout_id: source.payout.id,
    state: source.payout.state,
    net_usdt: toUsdt(source.payout.net_micro),
    fee_usdt: toUsdt(source.payout.fee_micro),
    network_cost_trx:
      source.payout.fee_sun === undefined ? undefined : toTrx(source.payout.fee_sun),
    txid: source.payout.txid,
    tron_block: source.payout.block,
  }),
});

const rowToText = (row: Row): string => COLUMNS.map((column) => toCell(row[column])).join(",");

const toCell = (value: string | number | undefined): string => {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
