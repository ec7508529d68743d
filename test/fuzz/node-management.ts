import { verifySource, openUrl } from "@lucid/verify";
import { adminSeed, testTokenKey } from "../../packages/node-management/src/testing/service.ts";
import { createTestNetwork, type TestNetwork } from "../network.ts";
import type { Names } from "./good.ts";
import { listProblems } from "./lists.ts";
import { createTokenOf, type FuzzWorld } from "./world.ts";

const slotSeconds = 1;

const makeThings = async (network: TestNetwork): Promise<Names> => {
  const { client, nodes } = network;
  const admin = await network.signIn(adminSeed);
  const pool_id = "pool_one";
  await admin.call("createPool", { body: { pool_id, name: "One" } });
  await network.passUntil(
    async () => (await client.call("listPayouts", {})).pagination.total > 0,
    120,
  );
  const { items: owners } = await client.call("listOwners", {});
  const { items: payouts } = await client.call("listPayouts", {});
  const { items: entries } = await client.call("listLedger", {});
  const [owner] = owners;
  const hold = await admin.call("putHold", {
    body: { owner_id: owner?.owner_id ?? "", reason_code: "other", reason: "looked at" },
  });
  return {
    node_id: nodes.map(({ nodeId }) => nodeId),
    owner_id: owners.map(({ owner_id }) => owner_id),
    payout_id: payouts.map(({ payout_id }) => payout_id),
    pool_id: [pool_id],
    hold_id: [hold.hold_id],
    address: [network.treasury, ...owners.map(({ address }) => address)],
    epoch: [],
    network_id: [network.networkId],
    hash: entries.slice(0, 2).map(({ hash }) => hash),
  };
};

/** The whole network: node-management with its log and a chain, nodes that work, owners who were paid. */
export const openNodeManagement = async (): Promise<FuzzWorld> => {
  const network = await createTestNetwork({ nodes: ["honest", "honest", "flaky"], slotSeconds });
  const { url, networkId, clock } = network;
  const names = await makeThings(network);
  const { items: nodes } = await network.client.call("listNodes", {});
  const owners = new Map(nodes.map(({ node_id, owner_id }) => [node_id, owner_id]));
  const ownerOf = (nodeId: string) => owners.get(nodeId);
  return {
    url,
    names,
    tokenOf: createTokenOf(testTokenKey, { networkId, clock, names, ownerOf }),
    breathe: () => network.passSlots(1),
    wrong: async () => {
      await network.passSlots(5);
      const report = await verifySource(openUrl(network.logUrl));
      const unlike = report.follows ? [] : [`the log: ${JSON.stringify(report.first_mismatch)}`];
      return [...unlike, ...(await listProblems(network.client, await network.signIn(adminSeed)))];
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
};
