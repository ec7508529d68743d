import { createClient } from "@lucid/api/client";
import { ed25519PublicKey, signObject, toHex } from "@lucid/protocol";
import { issueToken, signIn } from "../../packages/agent/src/sign-in.ts";
import { adminSeed, refusalOf } from "../../packages/node-management/src/testing/service.ts";
import { serverUri } from "../../packages/platform/src/documents/mongodb/testing/server-uri.ts";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createReplicaWorld, type Replica, type ReplicaWorld } from "./world.ts";

/** Far more than it takes, for a machine that does other things. */
const timeout = 240_000;
const crowd = 200;
const admin = toHex(ed25519PublicKey(adminSeed));

describe.skipIf(serverUri === null)("what two replicas are asked at once", { timeout }, () => {
  let world: ReplicaWorld;
  let one: Replica;
  let two: Replica;

  beforeAll(async () => {
    world = await createReplicaWorld(serverUri ?? "", { nodes: crowd });
    one = await world.start({ ADMIN_KEYS: admin });
    two = await world.start({ ADMIN_KEYS: admin });
  }, timeout);
  afterAll(() => world[Symbol.asyncDispose](), timeout);

  const sides = (n: number): [Replica, Replica] => (n % 2 === 0 ? [one, two] : [two, one]);

  test("two hundred joins for one seat, half of them at each, let exactly one in", async () => {
    const { networkId, nodes } = world.fixture;
    const pool_id = "pool_a";
    const maker = await signIn(one.url, adminSeed, networkId);
    await maker.call("createPool", { body: { pool_id, name: "One seat", max_nodes: 1 } });
    // Each signs in at one replica and joins at the other.
    const ready = await Promise.all(
      nodes.map(async ({ nodeId, seed }, n) => {
        const [here, there] = sides(n);
        const { token } = await issueToken(here.url, seed, networkId);
        const client = createClient({ baseUrl: there.url, token: () => token, timeoutMs: timeout });
        return { client, node_id: nodeId };
      }),
    );
    const joins = ready.map(({ client, node_id }) =>
      refusalOf(
        client.call("joinPool", {
          params: { pool_id },
          body: { node_id, consent: "work_credits" },
        }),
      ),
    );
    const outcomes = Map.groupBy(await Promise.all(joins), (outcome) => outcome);
    const counts = Array.from(outcomes, ([outcome, all]) => [outcome, all.length] as const);
    expect(Object.fromEntries(counts)).toEqual({ "200": 1, "409 pools.full": crowd - 1 });
    for (const { url } of [one, two]) {
      const client = createClient({ baseUrl: url });
      const { items } = await client.call("listMembers", { params: { pool_id }, query: {} });
      expect(items).toHaveLength(1);
    }
  });

  test("a challenge that one made is answered once, though both are asked", async () => {
    const client = createClient({ baseUrl: one.url });
    const { challenge, expires_at } = await client.call("createChallenge");
    const signed = { challenge, expires_at, public_key: admin };
    const signature = signObject("token", world.fixture.networkId, signed, adminSeed);
    const answerAt = ({ url }: Replica) =>
      refusalOf(
        createClient({ baseUrl: url }).call("createToken", { body: { ...signed, signature } }),
      );
    const answers = await Promise.all([one, two, one, two].map(answerAt));
    expect(answers.toSorted()).toEqual(["200", ...Array<string>(3).fill("409 access.challenge")]);
    expect(await answerAt(two)).toBe("409 access.challenge");
  });

  test("a token that one revokes counts for neither", async () => {
    const { networkId } = world.fixture;
    const { token, principal } = await issueToken(one.url, adminSeed, networkId);
    const at = ({ url }: Replica) => createClient({ baseUrl: url, token: () => token });
    expect(await refusalOf(at(two).call("listAudit", {}))).toBe("200");
    const body = { principal_id: principal.id, reason: "the key was lost" };
    await at(one).call("createRevocation", { body });
    expect(await refusalOf(at(one).call("listAudit", {}))).toBe("401 access.revoked");
    while ((await refusalOf(at(two).call("listAudit", {}))) === "200") await wait(100);
    expect(await refusalOf(at(two).call("listAudit", {}))).toBe("401 access.revoked");
  });
});
