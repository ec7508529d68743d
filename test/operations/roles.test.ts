import {
  blockRoutes,
  logFileRoutes,
  logProxyRoutes,
  type Role,
  type RouteDefinition,
  routes,
  streamRoutes,
} from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { createTokens, type Principal } from "@lucid/platform/http";
import { fromHex } from "@lucid/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService as startBlockManager } from "../../packages/block-manager/src/testing/service.ts";
import {
  startTestService,
  testTokenKey,
} from "../../packages/node-management/src/testing/service.ts";
import { type Names, requestOf } from "./sample.ts";

const callers = [
  "anyone",
  "node",
  "owner",
  "operator",
  "treasurer",
  "admin",
  "auditor",
  "service",
] as const satisfies readonly Role[];
type Caller = (typeof callers)[number];

/** A running service, and a node with its owner that are callers too. */
type World = {
  readonly baseUrl: string;
  readonly theirs: Names;
  readonly tokenOf: (caller: Caller) => Promise<string | undefined>;
};

const others: Names = {
  node_id: `node_${"a".repeat(32)}`,
  owner_id: `owner_${"a".repeat(32)}`,
};

const createTokenOf = (
  key: Uint8Array,
  { networkId, clock, theirs }: { networkId: string; clock: Pick<Clock, "now">; theirs: Names },
): World["tokenOf"] => {
  const tokens = createTokens({ key, issuer: networkId, clock });
  const principalOf = (role: Exclude<Caller, "anyone">): Principal => {
    if (role === "node") return { kind: "node", id: theirs["node_id"] ?? "", roles: [role] };
    if (role === "owner") return { kind: "owner", id: theirs["owner_id"] ?? "", roles: [role] };
    return { kind: role === "service" ? "service" : "person", id: `the ${role}`, roles: [role] };
  };
  return async (caller) =>
    caller === "anyone" ? undefined : (await tokens.issue(principalOf(caller), 3_600_000)).token;
};

/** 401, 403, or that it was let in, whatever came of it. */
const ask = async (
  { baseUrl, tokenOf }: World,
  { route, caller, names }: { route: RouteDefinition; caller: Caller; names: Names },
): Promise<number | "let in"> => {
  const { path, init } = requestOf(route, names);
  const token = await tokenOf(caller);
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  const { status, body } = await fetch(`${baseUrl}${path}`, { ...init, headers });
  await body?.cancel(); // a stream of events would not end
  return status === 401 || status === 403 ? status : "let in";
};

/** What the table says. */
const expected = (route: RouteDefinition, caller: Caller, isTheirs: boolean): number | "let in" => {
  if (route.roles.includes("anyone")) return "let in";
  if (caller === "anyone") return 401;
  if (!route.roles.includes(caller)) return 403;
  const isOwn = (route.own as readonly string[] | undefined)?.includes(caller) ?? false;
  return isOwn && !isTheirs ? 403 : "let in";
};

const checkTable = (
  name: string,
  table: readonly RouteDefinition[],
  open: (stack: AsyncDisposableStack) => Promise<World>,
): void => {
  describe(name, () => {
    const stack = new AsyncDisposableStack();
    let world: World;
    beforeAll(async () => void (world = await open(stack)));
    afterAll(() => stack.disposeAsync());

    it.each(table.map((route) => [route.operationId, route] as const))("%s", async (_, route) => {
      const about = route.own === undefined ? [world.theirs] : [others, world.theirs];
      for (const caller of callers)
        for (const names of about) {
          const isTheirs = names === world.theirs;
          const answer = await ask(world, { route, caller, names });
          const wanted = expected(route, caller, isTheirs);
          expect({ caller, isTheirs, answer }).toEqual({ caller, isTheirs, answer: wanted });
        }
    });
  });
};

/** Signing in is refused for what is signed, not for who asks. */
const { createToken: _signIn, ...judged } = routes;

checkTable(
  "who may call node-management",
  [...Object.values(judged), ...Object.values(streamRoutes), ...Object.values(logProxyRoutes)],
  async (stack) => {
    const test = stack.use(await startTestService());
    const { nodeId } = await test.join("a");
    const { owner_id } = await test.client.call("getNode", { params: { node_id: nodeId } });
    const theirs = { node_id: nodeId, owner_id };
    const { clock, network } = test;
    const { networkId } = network;
    const tokenOf = createTokenOf(fromHex(testTokenKey), { networkId, clock, theirs });
    return { baseUrl: test.service.url, theirs, tokenOf };
  },
);

checkTable(
  "who may call block-manager",
  [...Object.values(blockRoutes), ...Object.values(logFileRoutes)],
  async (stack) => {
    const { url, clock, network } = stack.use(await startBlockManager());
    const { networkId, seeds } = network;
    const tokenOf = createTokenOf(seeds.token, { networkId, clock, theirs: others });
    return { baseUrl: url, theirs: { ...others }, tokenOf };
  },
);
