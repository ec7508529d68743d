import { errorTable } from "@lucid/api";
import { type Client, createClient } from "@lucid/api/client";
import { createHttp } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { registerEpochRoutes } from "../epochs/index.ts";
import { registerLedgerRoutes } from "../ledger/index.ts";
import { makeStatement, registerOwnerRoutes, registerPayoutRoutes } from "../payouts/index.ts";
import type { Statement, StatementRange } from "../payouts/index.ts";
import type { Owner } from "../registry/index.ts";
import { createPayerWorld, type PayerProcess, type PayerWorld, PERIOD_MS } from "./payer-world.ts";
import { createSettlementWorld, type Settler, type SettlementWorld } from "./settlement-world.ts";

/** A network of two owners that settles epochs and pays, with the API that shows it. */
export type StatementWorld = AsyncDisposable & {
  readonly network: SettlementWorld;
  readonly paying: PayerWorld;
  readonly settler: Settler;
  readonly payer: PayerProcess;
  /** A treasurer's. */
  readonly client: Client;
  /** Of a person whose id and role the token is. */
  readonly as: (token: string) => Client;
  /** An epoch goes by, is settled, and all that is due is paid. */
  readonly playAndPay: (epoch: number) => Promise<void>;
  readonly owners: () => readonly Owner[];
  readonly statementOf: (ownerId: string, range?: StatementRange) => Promise<Statement>;
};

/** The first epoch that may be played. */
export const FIRST_EPOCH = 30;
export const EXPLORER = "https://explorer.invalid/#";

export const openStatementWorld = async (): Promise<StatementWorld> => {
  await using stack = new AsyncDisposableStack();
  const network = stack.use(await createSettlementWorld([2, 1]));
  const settler = network.start();
  const paying = stack.use(await createPayerWorld({ on: network }));
  const payer = paying.start();
  const { epochs } = settler;
  const { clock, policies, registry, addresses, beacons } = network.services;
  const http = stack.use(
    createHttp(
      {
        log: createLog({ level: "silent", name: "test" }),
        metrics: createMetrics(),
        clock,
        errors: errorTable,
        authenticate: (token) => ({
          principal: { kind: "person", id: token, roles: [token.replace(/_.*/, "")] },
        }),
      },
      { info: { title: "test", version: "0", description: "test" } },
    ),
  );
  const shared = {
    http,
    network: network.services.network,
    clock,
    policies,
    registry,
    addresses,
    beacons,
    epochs,
    ...payer,
    explorer: EXPLORER,
  };
  registerEpochRoutes(shared);
  registerLedgerRoutes(shared);
  registerPayoutRoutes({ ...shared, periodMs: PERIOD_MS, wake: () => {} });
  registerOwnerRoutes(shared);
  const { url: baseUrl } = await http.listen({ host: "127.0.0.1", port: 0 });
  const as = (token: string) => createClient({ baseUrl, token: () => token });
  const opened = stack.move();
  return {
    network,
    paying,
    settler,
    payer,
    client: as("treasurer"),
    as,
    playAndPay: async (epoch) => {
      await network.play(epoch, (node, index) => node === 0 || index % 2 === 0);
      await epochs.settleDue(new AbortController().signal);
      await paying.mine(1);
      await payer.payouts.request();
      await paying.finish(payer);
    },
    owners: () => registry.owners(),
    statementOf: (ownerId, range = {}) => makeStatement({ ...payer, epochs }, ownerId, range),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
