import { randomBytes } from "node:crypto";
import { errorTable } from "@lucid/api";
import { createClient, type Client } from "@lucid/api/client";
import { createHttp, createTokens } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { ed25519PublicKey, toHex } from "@lucid/protocol";
import {
  createAccess,
  createRevocations,
  registerAccessRoutes,
  registerSessionRoutes,
} from "../access/index.ts";
import { registerHoldRoutes } from "../holds/index.ts";
import {
  registerDecisionRoutes,
  registerForecastRoutes,
  registerOwnerRoutes,
  registerPauseRoutes,
  registerPayoutRoutes,
} from "../payouts/index.ts";
import { registerTreasuryRoutes } from "../treasury/index.ts";
import { testSeed } from "./network.ts";
import { PERIOD_MS, type PayerProcess, type PayerWorld } from "./payer-world.ts";

export type ServedPayer = AsyncDisposable & {
  readonly url: string;
  /** Of a treasurer who is known by this name alone. */
  readonly as: (name: string) => Client;
};

/**
 * The API of a payer, without epochs. A token is a treasurer's name; the treasurers named here may sign in instead, with
 * their `testSeed`.
 */
export const servePayer = async (
  { world, payer }: { readonly world: PayerWorld; readonly payer: PayerProcess },
  treasurers: readonly string[] = [],
): Promise<ServedPayer> => {
  const { clock, policies, network, registry, addresses } = world.services;
  const tokens = createTokens({ key: testSeed("token"), issuer: network.networkId, clock });
  const keys = treasurers.map((name) => toHex(ed25519PublicKey(testSeed(name))));
  const access = createAccess(
    {
      network,
      documents: world.store,
      clock,
      tokens,
      randomBytes,
      members: { isNode: () => false, ownerIdOf: () => null },
    },
    {
      peopleKeys: { admin: [], operator: [], treasurer: keys, auditor: [] },
      challengeSecret: testSeed("challenge"),
    },
  );
  const http = createHttp(
    {
      log: createLog({ level: "silent", name: "test" }),
      metrics: createMetrics(),
      clock,
      errors: errorTable,
      authenticate: (token) =>
        token.includes(".")
          ? tokens.verify(token)
          : { principal: { kind: "person", id: token, roles: ["treasurer"] } },
    },
    { info: { title: "test", version: "0", description: "test" } },
  );
  const deps = {
    http,
    network,
    clock,
    policies,
    registry,
    addresses,
    access,
    revocations: await createRevocations({ documents: world.store, clock }),
    ...payer,
    epochs: { document: async () => null, result: async () => null },
    explorer: undefined,
    wake: () => {},
    periodMs: PERIOD_MS,
  };
  registerAccessRoutes(deps);
  registerSessionRoutes(deps);
  registerHoldRoutes(deps);
  registerTreasuryRoutes(deps);
  registerPauseRoutes(deps);
  registerForecastRoutes(deps);
  registerDecisionRoutes(deps);
  registerPayoutRoutes(deps);
  registerOwnerRoutes(deps);
  const { url } = await http.listen({ host: "127.0.0.1", port: 0 });
  return {
    url,
    as: (name) => createClient({ baseUrl: url, token: () => name }),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
};
