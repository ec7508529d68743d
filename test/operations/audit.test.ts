import { isAudited, type Role, type RouteDefinition, routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { createTokens } from "@lucid/platform/http";
import { auditLineHash, auditRootOf, fromHex } from "@lucid/protocol";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  adminSeed,
  startTestService,
  type TestService,
  testTokenKey,
} from "../../packages/node-management/src/testing/service.ts";
import type { TestNode } from "../../packages/node-management/src/testing/index.ts";
import { type Names, requestOf } from "./sample.ts";

let test: TestService;
let node: TestNode;
let names: Names;
beforeAll(async () => {
  test = await startTestService();
  node = await test.join("a");
  const { owner_id } = await test.client.call("getNode", { params: { node_id: node.nodeId } });
  names = { node_id: node.nodeId, owner_id };
});
afterAll(() => test[Symbol.asyncDispose]());

/** Who may do it, preferring whom the operation is meant for. */
const principalFor = ({ roles }: RouteDefinition) => {
  const role = (["admin", "owner", "node"] as const satisfies Role[]).find((one) =>
    roles.includes(one),
  );
  if (role === "owner" || role === "node")
    return { kind: role, id: names[`${role}_id`] ?? "", roles: [role] };
  return { kind: "person", id: `the ${roles[0]}`, roles: [role ?? roles[0] ?? ""] } as const;
};

const lines = async (operation?: string) => {
  const admin = await test.signIn(adminSeed);
  const query = { limit: 100, ...(operation !== undefined && { operation }) };
  return (await admin.call("listAudit", { query })).items;
};

const propertiesOf = (schema: object | undefined): object =>
  schema !== undefined && "properties" in schema ? (schema.properties as object) : {};

const audited: RouteDefinition[] = Object.values(routes).filter(isAudited);

describe("the audit trail", () => {
  it.each(audited.map((route) => [route.operationId, route] as const))(
    "has a line of every %s, whatever came of it, and no token in it",
    async (operation, route) => {
      const { clock, network } = test;
      const tokens = createTokens({ key: fromHex(testTokenKey), issuer: network.networkId, clock });
      const principal = principalFor(route);
      const { token } = await tokens.issue(principal, 3_600_000);
      const { path, init } = requestOf(route, names);
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${token}`);
      const answer = await fetch(`${test.service.url}${path}`, { ...init, headers });
      const { code = "done" } = (await answer.json()) as { code?: string };

      const [line, ...more] = await lines(operation);
      expect(more).toEqual([]);
      expect(line).toMatchObject({
        operation,
        principal,
        outcome: code,
        request_id: answer.headers.get("x-request-id"),
      });
      expect(line?.subject).not.toBe("");
      expect(JSON.stringify(line)).not.toContain(token);
      expect(JSON.stringify(line)).not.toContain(token.split(".")[2]);
    },
  );

  it("names operations that show the thing, by the same path", () => {
    for (const { operationId, audit, params } of audited) {
      if (typeof audit !== "object" || audit.reads === undefined) continue;
      const reader: RouteDefinition | undefined = (routes as Record<string, RouteDefinition>)[
        audit.reads
      ];
      expect({ operationId, method: reader?.method }).toEqual({ operationId, method: "GET" });
      const given = Object.keys(propertiesOf(params));
      const wanted = propertiesOf(reader?.params);
      expect(given).toEqual(expect.arrayContaining(Object.keys(wanted)));
    }
  });

  it("says from what to what, and by whom; what was refused changed nothing", async () => {
    const other = await test.join("b");
    const admin = await test.signIn(adminSeed);
    const params = { node_id: other.nodeId };
    const body = { standing: "suspended", reason: "check" } as const;
    await admin.call("changeStanding", { params, body });
    const unknown = `node_${"b".repeat(32)}`;
    const nobody = admin.call("changeStanding", { params: { node_id: unknown }, body });
    await expect(nobody).rejects.toThrow(/no node/);
    const found = await lines("changeStanding");
    expect(found.find(({ subject }) => subject === unknown)).toMatchObject({
      outcome: "nodes.unknown",
      before: null,
      after: null,
    });
    expect(found.find(({ subject }) => subject === other.nodeId)).toMatchObject({
      outcome: "done",
      principal: { kind: "person", roles: ["admin"] },
      request: body,
      before: { node_id: other.nodeId, standing_reason: "demo" },
      after: { node_id: other.nodeId, standing_reason: "check" },
    });
  });

  it("is found by who, what, which and when, and is for admin and auditor", async () => {
    const admin = await test.signIn(adminSeed);
    const all = await lines();
    const [newest] = all;
    const query = {
      principal_id: newest?.principal.id ?? "",
      operation: newest?.operation ?? "",
      subject: newest?.subject ?? "",
      from: newest?.at ?? "",
    };
    const { items } = await admin.call("listAudit", { query });
    expect(items[0]).toEqual(newest);
    expect(items.length).toBeLessThan(all.length);
    const asNode = await test.signIn(node.seed);
    await expect(asNode.call("listAudit", {})).rejects.toMatchObject({ status: 403 });
    await expect(createClient({ baseUrl: test.service.url }).call("listAudit", {})).rejects.toThrow(
      /token/,
    );
  });

  it("comes to the root in the log once its epoch is over, so that no line can go or change", async () => {
    const admin = await test.signIn(adminSeed);
    const { genesis } = test.network;
    const epoch = Math.floor(genesis.first_slot / genesis.slots_per_epoch);
    await test.goTo((epoch + 1) * genesis.slots_per_epoch + 40);
    const root = await vi.waitUntil(() =>
      admin.call("getAuditRoot", { params: { epoch } }).catch(() => null),
    );
    const { items, pagination } = await (
      await test.signIn(adminSeed)
    ).call("listAudit", { query: { epoch, limit: 100 } });
    expect(root).toMatchObject({ epoch, count: pagination.total });
    expect(auditRootOf(items.toReversed().map(auditLineHash))).toBe(root.root);
    const changed = items
      .toReversed()
      .map((line, i) => (i === 3 ? { ...line, subject: "x" } : line));
    expect(auditRootOf(changed.map(auditLineHash))).not.toBe(root.root);
    expect(auditRootOf(items.slice(1).toReversed().map(auditLineHash))).not.toBe(root.root);
  });
});
