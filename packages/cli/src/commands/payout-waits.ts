import { type Io, type Output, outputOf } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { type Client, createClient } from "@lucid/api/client";
import { Command } from "commander";
import type { Place } from "../admin/index.ts";
import { describeSchedule } from "./payout-state.ts";
import { withPlace } from "./place.ts";
import { type Column, type PageOption, pageLine, table, withPage } from "../lists/index.ts";

type Owners = Pick<ResponseOf<Routes["listOwners"]>, "items" | "pagination">;
type Schedule = ResponseOf<Routes["getPayoutSchedule"]>;
type Found = Pick<Owners, "items"> & Partial<Pick<Owners, "pagination">>;

export const createWaitsCommand = (io: Io): Command =>
  withPage(withPlace(new Command("waits")))
    .description("what the next payout of an owner, or of every owner, waits for")
    .argument("[owner_id]")
    .action(
      async (
        ownerId: string | undefined,
        { service, page }: Place & PageOption,
        command: Command,
      ) => {
        const client = createClient({ baseUrl: service });
        const schedule = await client.call("getPayoutSchedule", {});
        const found = await readOwners(client, ownerId, page);
        const output = outputOf(io, command);
        output.result({ event: "waits", schedule, ...found }, () =>
          describe(schedule, found, output),
        );
      },
    );

const readOwners = async (
  client: Client,
  ownerId: string | undefined,
  page: number,
): Promise<Found> => {
  if (ownerId === undefined) return client.call("listOwners", { query: { page, limit: 100 } });
  return { items: [await client.call("getOwner", { params: { owner_id: ownerId } })] };
};

const describe = (schedule: Schedule, { items, pagination }: Found, output: Output): string =>
  [
    describeSchedule(schedule),
    ...table(items, columns, output),
    ...(pagination === undefined ? [] : [pageLine(pagination)]),
  ].join("\n");

const columns: readonly Column<Owners["items"][number]>[] = [
  { head: "owner", cell: ({ owner_id }) => owner_id },
  { head: "USDT", cell: ({ balance_usdt }) => balance_usdt, right: true },
  { head: "waits for", cell: ({ waits }) => waits },
];
