import { outputOf, type Io } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { type Client, createClient } from "@lucid/api/client";
import { Command, Option } from "commander";
import { signInAsAdmin, type KeyedPlace, type Place } from "../admin/index.ts";
import { withKey, withPlace } from "./place.ts";
import {
  type Column,
  type PageOption,
  pageLine,
  table,
  wholeNumberFrom,
  withPage,
} from "../lists/index.ts";

type Pool = ResponseOf<Routes["getPool"]>;
type Plan = {
  readonly name?: string;
  readonly rewardMethod?: Pool["reward_method"];
  readonly placement?: Pool["placement"];
  readonly maxNodes?: number;
};

/** `lucid pools`: groups of nodes. Nodes join by themselves: `lucid node pool join`. */
export const createPoolsCommand = (io: Io): Command =>
  new Command("pools")
    .description("groups of nodes: see, make, change, drain and disband them")
    .addCommand(createListCommand(io))
    .addCommand(createShowCommand(io))
    .addCommand(createCreateCommand(io))
    .addCommand(createChangeCommand(io))
    .addCommand(
      createDecision(io, "drain", "nobody joins any more; members stay", (client, params) =>
        client.call("changePool", { params, body: { state: "draining" } }),
      ),
    )
    .addCommand(
      createDecision(io, "open", "take a drain back", (client, params) =>
        client.call("changePool", { params, body: { state: "active" } }),
      ),
    )
    .addCommand(
      createDecision(io, "disband", "drain, empty and end a pool for good", (client, params) =>
        client.call("disbandPool", { params }),
      ),
    );

const createListCommand = (io: Io): Command =>
  withPage(withPlace(new Command("list")))
    .description("the pools of the network")
    .addOption(
      new Option("--status <status>", "only these").choices([
        "active",
        "degraded",
        "draining",
        "disbanded",
      ]),
    )
    .action(
      async (
        { service, status, page }: Place & PageOption & { readonly status?: Pool["status"] },
        command: Command,
      ) => {
        const query = { page, limit: 100, ...(status !== undefined && { status }) };
        const { items, pagination } = await createClient({ baseUrl: service }).call("listPools", {
          query,
        });
        const output = outputOf(io, command);
        output.result({ event: "pools", items, pagination }, () =>
          [...table(items, columns, output), pageLine(pagination)].join("\n"),
        );
      },
    );

const createShowCommand = (io: Io): Command =>
  withPlace(new Command("show"))
    .description("one pool: its health, and who sits in it")
    .argument("<pool_id>")
    .action(async (pool_id: string, { service }: Place, command: Command) => {
      const client = createClient({ baseUrl: service });
      const pool = await client.call("getPool", { params: { pool_id } });
      const { why } = await client.call("getPoolHealth", { params: { pool_id } });
      const query = { limit: 100 };
      const { items: members } = await client.call("listMembers", { params: { pool_id }, query });
      outputOf(io, command).result({ event: "pool", ...pool, why, nodes: members }, () =>
        [
          toLine(pool),
          why,
          ...members.map(
            ({ seat, node_id, status, consent }) =>
              `seat ${String(seat).padStart(2)}  ${node_id}  ${status.padEnd(9)} ${consent}`,
          ),
        ].join("\n"),
      );
    });

const withPlan = (command: Command): Command =>
  withKey(command)
    .addOption(
      new Option("--reward-method <method>", "how members are paid: by work, or equally").choices([
        "work_credits",
        "equal",
      ]),
    )
    .addOption(
      new Option("--placement <how>", "how full it counts: by members, or by scores").choices([
        "least_loaded",
        "weighted",
      ]),
    )
    .option("--max-nodes <n>", "seats; only grows", wholeNumberFrom(1));

const createCreateCommand = (io: Io): Command =>
  withPlan(new Command("create"))
    .description("make a pool; the same again finds it")
    .argument("<pool_id>", "like pool_north")
    .argument("<name>", "up to 64 printable ASCII characters")
    .action(async (pool_id: string, name: string, options: KeyedPlace & Plan, command: Command) => {
      const client = await signInAsAdmin(options);
      const pool = await client.call("createPool", { body: { pool_id, name, ...toBody(options) } });
      outputOf(io, command).result({ event: "pool", ...pool }, () => toLine(pool));
    });

const createChangeCommand = (io: Io): Command =>
  withPlan(new Command("change"))
    .description("change a pool; a new reward method is for those who join or agree from then on")
    .argument("<pool_id>")
    .option("--name <name>", "another name")
    .action(async (pool_id: string, options: KeyedPlace & Plan, command: Command) => {
      const client = await signInAsAdmin(options);
      const { name } = options;
      const body = { ...(name !== undefined && { name }), ...toBody(options) };
      const pool = await client.call("changePool", { params: { pool_id }, body });
      outputOf(io, command).result({ event: "pool", ...pool }, () => toLine(pool));
    });

const createDecision = (
  io: Io,
  verb: string,
  description: string,
  decide: (client: Client, params: { pool_id: string }) => Promise<Pool>,
): Command =>
  withKey(new Command(verb))
    .description(description)
    .argument("<pool_id>")
    .action(async (pool_id: string, place: KeyedPlace, command: Command) => {
      const pool = await decide(await signInAsAdmin(place), { pool_id });
      outputOf(io, command).result({ event: "pool", ...pool }, () => toLine(pool));
    });

const toBody = ({ rewardMethod, placement, maxNodes }: Plan) => ({
  ...(rewardMethod !== undefined && { reward_method: rewardMethod }),
  ...(placement !== undefined && { placement }),
  ...(maxNodes !== undefined && { max_nodes: maxNodes }),
});

const toLine = (pool: Pool): string =>
  `${pool.pool_id}  ${pool.status.padEnd(9)}  ${pool.members} of ${pool.max_nodes} seats, ${pool.online} online  ${pool.reward_method}  ${pool.name}`;

const columns: readonly Column<Pool>[] = [
  { head: "pool", cell: ({ pool_id }) => pool_id },
  { head: "status", cell: ({ status }) => status },
  { head: "members", cell: ({ members, max_nodes }) => `${members} of ${max_nodes}`, right: true },
  { head: "online", cell: ({ online }) => online, right: true },
  { head: "pays by", cell: ({ reward_method }) => reward_method },
  { head: "name", cell: ({ name }) => name },
];
