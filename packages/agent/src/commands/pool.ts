import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";
import { Command, Option } from "commander";
import { exitCode, Failure, outputOf, type Io } from "../program/index.ts";
import { type DataOptions, openNode, withData } from "./options.ts";

type Member = ResponseOf<Routes["joinPool"]>;
type JoinOptions = DataOptions & { readonly consent: Member["consent"]; readonly from?: string };

/** `lucid node pool`: where the node sits, with its own key. */
export const createPoolCommand = (io: Io): Command =>
  new Command("pool")
    .description("join a pool of nodes, move to another, or leave")
    .addCommand(createShowCommand(io))
    .addCommand(createJoinCommand(io))
    .addCommand(createLeaveCommand(io));

const createShowCommand = (io: Io): Command =>
  withData(new Command("show"))
    .description("the pool that the node sits in")
    .action(async (options: DataOptions, command: Command) => {
      const { client, nodeId } = await openNode(io, options);
      const pool = await poolOf(client, nodeId);
      outputOf(io, command).result({ event: "pool", node_id: nodeId, pool }, () =>
        pool === null
          ? `${nodeId} sits in no pool. Next: lucid node pool join`
          : `${nodeId} sits in ${pool.pool_id} (${pool.name}), which is ${pool.status}: ${pool.online} of ${pool.members} members are online.`,
      );
    });

const createJoinCommand = (io: Io): Command =>
  withData(new Command("join"))
    .description("take a seat; without a pool the one with the least load is found")
    .argument("[pool_id]")
    .addOption(
      new Option("--consent <method>", "how you agree to be paid there")
        .choices(["work_credits", "equal"])
        .default("work_credits"),
    )
    .option("--from <pool_id>", "move: the pool that the node leaves with this")
    .action(async (poolId: string | undefined, options: JoinOptions, command: Command) => {
      const { client, nodeId } = await openNode(io, options);
      const { consent, from } = options;
      if (poolId === undefined && from !== undefined)
        throw new Failure("usage", "--from needs the pool to move to", {
          fix: "Name it: lucid node pool join <pool_id> --from <pool_id>",
          exit: exitCode.usage,
        });
      const body = { node_id: nodeId, consent };
      const member =
        poolId === undefined
          ? await client.call("placeNode", { body })
          : await client.call("joinPool", {
              params: { pool_id: poolId },
              body: { ...body, ...(from !== undefined && { from }) },
            });
      outputOf(io, command).result({ event: "joined", ...member }, () => describe(member));
    });

const createLeaveCommand = (io: Io): Command =>
  withData(new Command("leave"))
    .description("give the seat back; until the next epoch begins the node is paid as a member")
    .action(async (options: DataOptions, command: Command) => {
      const { client, nodeId } = await openNode(io, options);
      const pool = await poolOf(client, nodeId);
      if (pool === null)
        throw new Failure("pools.not_member", `${nodeId} sits in no pool`, {
          fix: "There is nothing to leave",
          exit: exitCode.usage,
        });
      const params = { pool_id: pool.pool_id, node_id: nodeId };
      const member = await client.call("leavePool", { params });
      outputOf(io, command).result(
        { event: "left", ...member },
        () => `${nodeId} has left ${pool.pool_id}.`,
      );
    });

const poolOf = async (client: Client, nodeId: string) =>
  (await client.call("listPools", { query: { node_id: nodeId } })).items[0] ?? null;

const describe = ({ node_id, pool_id, seat, consent }: Member): string =>
  `${node_id} has seat ${seat} of ${pool_id} and agrees to ${consent}. It counts from the first epoch that begins after the log tells it.`;
