import { outputOf, type Io } from "@lucid/agent";
import { PAYOUT_STATES, type ResponseOf, type Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Command, Option } from "commander";
import type { Place } from "../admin/index.ts";
import { withPlace } from "./place.ts";
import { type Column, type PageOption, pageLine, table, withPage } from "../lists/index.ts";

export type Payout = ResponseOf<Routes["getPayout"]>;

type ListOptions = Place & PageOption & { readonly state?: Payout["state"] };

export const createListCommand = (io: Io): Command =>
  withPage(withPlace(new Command("list")))
    .description("payouts, newest first, and what each of them waits for")
    .addOption(new Option("--state <state>", "only these").choices(PAYOUT_STATES))
    .action(async ({ service, state, page }: ListOptions, command: Command) => {
      const query = { page, limit: 100, ...(state !== undefined && { state }) };
      const { items, pagination } = await createClient({ baseUrl: service }).call("listPayouts", {
        query,
      });
      const output = outputOf(io, command);
      output.result({ event: "payouts", items, pagination }, () =>
        [...table(items, columns, output), pageLine(pagination)].join("\n"),
      );
    });

export const createShowCommand = (io: Io): Command =>
  withPlace(new Command("show"))
    .description("one payout: how far it is, what it waits for, and who decided what")
    .argument("<payout_id>")
    .action(async (payout_id: string, { service }: Place, command: Command) => {
      const client = createClient({ baseUrl: service });
      const payout = await client.call("getPayout", { params: { payout_id } });
      outputOf(io, command).result({ event: "payout", ...payout }, () => describePayout(payout));
    });

const columns: readonly Column<Payout>[] = [
  { head: "payout", cell: ({ payout_id }) => payout_id },
  { head: "state", cell: ({ state }) => state },
  { head: "USDT", cell: ({ net_usdt }) => net_usdt, right: true },
  { head: "to", cell: ({ recipient }) => recipient },
  { head: "why", cell: ({ why }) => why },
];

/** What a person wants to know before deciding. */
export const describePayout = (payout: Payout): string =>
  [
    `${payout.payout_id} is ${payout.state}: ${payout.why}`,
    `${payout.net_usdt} USDT to ${payout.recipient} (${payout.gross_usdt} from the balance of ${payout.owner_id}, fee ${payout.fee_usdt})`,
    ...(payout.txid === null ? [] : [`attempt ${payout.attempt}: transaction ${payout.txid}`]),
    ...payout.changes.map(({ state, attempt, at }) => `${at}  ${state}, attempt ${attempt}`),
    ...payout.decisions.map(describeDecision),
    ...(payout.closed === null
      ? []
      : [`closed by ${payout.closed.by.join(" and ")}: ${payout.closed.give_back_usdt} USDT back`]),
  ].join("\n");

const describeDecision = (decision: Payout["decisions"][number]): string => {
  const { at, by, attempt, reason } = decision;
  return `${at}  ${describeAct(decision)} by ${by}, attempt ${attempt}: ${reason}`;
};

const describeAct = ({ act, txid, give_back_usdt }: Payout["decisions"][number]): string => {
  if (txid !== null) return `record (${txid} paid it)`;
  return give_back_usdt === null ? act : `${act} (${give_back_usdt} USDT back)`;
};
