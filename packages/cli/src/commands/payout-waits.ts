import { outputOf, type Io } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { type Client, createClient } from "@lucid/api/client";
import { Command } from "commander";
import { type Place, withPlace } from "./place.ts";
import { wholeNumber } from "./whole-number.ts";

type Owners = Pick<ResponseOf<Routes["listOwners"]>, "items" | "pagination">;
type Schedule = ResponseOf<Routes["getPayoutSchedule"]>;
type WaitsOptions = Place & { readonly page: number };

export const createWaitsCommand = (io: Io): Command =>
  withPlace(new Command("waits"))
    .description("what the next payout of an owner, or of every owner, waits for")
    .argument("[owner_id]")
    .option("--page <n>", "from 1", wholeNumber, 1)
    .action(
      async (ownerId: string | undefined, { service, page }: WaitsOptions, command: Command) => {
        const client = createClient({ baseUrl: service });
        const schedule = await client.call("getPayoutSchedule", {});
        const found = await readOwners(client, ownerId, page);
        outputOf(io, command).result({ event: "waits", schedule, ...found }, () =>
          describe(schedule, found),
        );
      },
    );

const readOwners = async (
  client: Client,
  ownerId: string | undefined,
  page: number,
): Promise<{ items: Owners["items"]; pagination?: Owners["pagination"] }> => {
  if (ownerId === undefined) return client.call("listOwners", { query: { page, limit: 100 } });
  return { items: [await client.call("getOwner", { params: { owner_id: ownerId } })] };
};

const describe = (
  { state, reason, next_run_at }: Schedule,
  { items, pagination }: { items: Owners["items"]; pagination?: Owners["pagination"] },
): string =>
  [
    `payouts are ${state}${reason === null ? "" : `: ${reason}`}; next run ${next_run_at ?? "unknown"}`,
    ...items.map(
      ({ owner_id, balance_usdt, waits }) =>
        `${owner_id}  ${balance_usdt.padStart(14)} USDT  ${waits}`,
    ),
    ...(pagination === undefined
      ? []
      : [`page ${pagination.page} of ${Math.max(1, pagination.total_pages)}`]),
  ].join("\n");
