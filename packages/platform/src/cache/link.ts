import type { Log } from "../log/index.ts";
import { type Connection, createConnection } from "./connection.ts";

export type Side = "asking" | "hearing";

/** What ties this process to Redis: one connection that asks, and one that only listens. */
export type Link = {
  readonly commands: Connection;
  readonly hearing: Connection;
  /** Why Redis does not serve; null while it does. */
  readonly problem: () => string | null;
  /** Notes why Redis refuses a side although it is there: it is full, only a copy, or does not let us listen. Null takes it back. */
  readonly refuse: (side: Side, why: string | null) => void;
};

export type LinkDeps = {
  readonly log: Log;
  /** Told when Redis was lost and when it is there. */
  readonly onState: (isThere: boolean) => void;
};

/** Connects twice, and tells once what becomes of both. Throws CacheError `cache.refused`. */
export const createLink = async ({ log, onState }: LinkDeps, url: string): Promise<Link> => {
  const connections: Connection[] = [];
  const refusals = new Map<Side, string>();
  let isThere: boolean | null = null;

  const problem = (): string | null =>
    connections.find((one) => !one.isConnected())?.lastProblem() ??
    refusals.values().next().value ??
    null;

  const look = (): void => {
    const reason = problem();
    const before = isThere;
    if (connections.length < 2 || before === (reason === null)) return;
    isThere = reason === null;
    if (isThere || before !== null) onState(isThere);
    if (isThere) log.info("Redis is there");
    else log.warn({ reason }, "Redis is away: limits and live events are our own");
  };
  const connect = async (): Promise<Connection> => {
    const connection = await createConnection({ url, onChange: look });
    connections.push(connection);
    return connection;
  };
  const refuse: Link["refuse"] = (side, why) => {
    if (why === null) refusals.delete(side);
    else refusals.set(side, why);
    look();
  };

  const commands = await connect();
  const hearing = await connect();
  look();
  commands.redis.on("ready", () => refuse("asking", null));
  return { commands, hearing, problem, refuse };
};
