import { outputOf, type Io } from "@lucid/agent";
import { HOLD_REASONS, type HoldReason, type ResponseOf, type Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Argument, Command } from "commander";
import { signInAsAdmin, type KeyedPlace, type Place } from "../admin/index.ts";
import { withKey, withPlace } from "./place.ts";
import { type Column, type PageOption, pageLine, table, withPage } from "../lists/index.ts";

type Hold = ResponseOf<Routes["getHold"]>;

/** Gates that people put before an owner's payouts. */
export const createHoldCommands = (io: Io): Command[] => [
  createHoldCommand(io),
  createReleaseCommand(io),
  createForfeitCommand(io),
  createHoldsCommand(io),
];

const REASON = "a sentence that the owner and everybody sees";

const createHoldCommand = (io: Io): Command =>
  withKey(new Command("hold"))
    .description("hold an owner's payouts: rewards go on accruing, nothing is signed")
    .argument("<owner_id>")
    .addArgument(new Argument("<code>", "what it is about").choices(HOLD_REASONS))
    .argument("<reason>", REASON)
    .action(
      async (
        owner_id: string,
        reason_code: HoldReason,
        reason: string,
        place: KeyedPlace,
        command: Command,
      ) => {
        const client = await signInAsAdmin(place);
        const body = { owner_id, reason_code, reason };
        show(io, command, await client.call("putHold", { body }));
      },
    );

const createReleaseCommand = (io: Io): Command =>
  withKey(new Command("release"))
    .description("end a hold: what is due is paid with the next run")
    .argument("<hold_id>")
    .argument("<reason>", REASON)
    .action(async (hold_id: string, reason: string, place: KeyedPlace, command: Command) => {
      const client = await signInAsAdmin(place);
      const params = { hold_id };
      show(io, command, await client.call("releaseHold", { params, body: { reason } }));
    });

const createForfeitCommand = (io: Io): Command =>
  withKey(new Command("forfeit"))
    .description("uphold a hold: two people say the same amount, which the owner loses for good")
    .argument("<hold_id>")
    .argument("<reason>", REASON)
    .requiredOption("--amount <usdt>", "what is taken from the balance, like 12.5")
    .action(
      async (
        hold_id: string,
        reason: string,
        options: KeyedPlace & { readonly amount: string },
        command: Command,
      ) => {
        const client = await signInAsAdmin(options);
        const body = { forfeit_usdt: options.amount, reason };
        show(io, command, await client.call("upholdHold", { params: { hold_id }, body }));
      },
    );

type ListOptions = Place & PageOption & { readonly owner?: string; readonly all?: true };

const createHoldsCommand = (io: Io): Command =>
  withPage(withPlace(new Command("holds")))
    .description("whose payouts are held, since when, why and who decides")
    .option("--owner <owner_id>", "only this owner's")
    .option("--all", "also those that have ended")
    .action(async ({ service, owner, all, page }: ListOptions, command: Command) => {
      const query = {
        page,
        limit: 100,
        ...(owner !== undefined && { owner_id: owner }),
        ...(all === undefined && { state: "active" as const }),
      };
      const found = await createClient({ baseUrl: service }).call("listHolds", { query });
      const { items, pagination } = found;
      const output = outputOf(io, command);
      output.result({ event: "holds", ...found }, () =>
        [...table(items, columns, output), pageLine(pagination)].join("\n"),
      );
    });

const show = (io: Io, command: Command, hold: Hold): void =>
  outputOf(io, command).result({ event: "hold", ...hold }, () => describe(hold));

const describe = ({ hold_id, owner_id, state, words }: Hold): string =>
  `${hold_id}  ${state}  ${owner_id}: ${words}`;

const columns: readonly Column<Hold>[] = [
  { head: "hold", cell: ({ hold_id }) => hold_id },
  { head: "state", cell: ({ state }) => state },
  { head: "owner", cell: ({ owner_id }) => owner_id },
  { head: "why", cell: ({ words }) => words },
];
