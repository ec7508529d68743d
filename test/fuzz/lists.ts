import type { Client } from "@lucid/api/client";

type Reader = Pick<Client, "call">;

const limit = 100;

/** Every pool has as many members as it says, each on a seat of its own. */
async function* seatProblems(client: Reader): AsyncGenerator<string> {
  const { items } = await client.call("listPools", { query: { limit } });
  const seated = new Set<string>();
  for (const { pool_id, members, max_nodes } of items) {
    const { items: found } = await client.call("listMembers", {
      params: { pool_id },
      query: { limit },
    });
    if (found.length !== members || members > max_nodes)
      yield `${pool_id} says ${members} members of ${max_nodes}, and lists ${found.length}`;
    for (const { node_id } of found) {
      if (seated.has(node_id)) yield `${node_id} sits on two seats`;
      seated.add(node_id);
    }
  }
}

/** Every owner's statement adds up, and the whole of it can be read. */
async function* ownerProblems(client: Reader): AsyncGenerator<string> {
  const { items } = await client.call("listOwners", { query: { limit } });
  for (const { owner_id, balance_usdt } of items) {
    const params = { owner_id };
    const { adds_up, closing_usdt } = await client.call("getStatement", { params });
    if (!adds_up) yield `the statement of ${owner_id} does not add up`;
    if (closing_usdt !== balance_usdt)
      yield `${owner_id} has ${balance_usdt} and a statement that ends with ${closing_usdt}`;
    await client.call("listAddressChanges", { params });
  }
}

/** Whether what a network keeps can be read and fits together, as its own API tells it. */
export const listProblems = async (client: Reader, admin: Reader): Promise<string[]> => {
  await admin.call("listAudit", { query: { limit } });
  await admin.call("listTreasuryRecords", { query: { limit } });
  await client.call("listNodes", { query: { limit } });
  await client.call("listPayouts", { query: { limit } });
  await client.call("listHolds", { query: { limit } });
  const found: string[] = [];
  for await (const problem of seatProblems(client)) found.push(problem);
  for await (const problem of ownerProblems(client)) found.push(problem);
  return found;
};
