import type { Client } from "@lucid/api/client";
import { openLog, openUrl } from "@lucid/verify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AuditLine } from "../../packages/cli/src/admin/index.ts";
import { checkAudit } from "../../packages/cli/src/admin/audit-check.ts";
import { adminSeed } from "../../packages/node-management/src/testing/service.ts";
import { createTestNetwork, type TestNetwork } from "../network.ts";

let network: TestNetwork;
let admin: Client;
let epoch: number;
beforeAll(async () => {
  network = await createTestNetwork({ nodes: ["honest"] });
  epoch = network.epoch();
  admin = await network.signIn(adminSeed);
  const [node] = network.nodes;
  const params = { node_id: node?.nodeId ?? "" };
  for (const standing of ["suspended", "active"] as const)
    await admin.call("changeStanding", { params, body: { standing, reason: "drill" } });
  await network.passUntil(async () => {
    const root = await admin.call("getAuditRoot", { params: { epoch } }).catch(() => null);
    const { size } = (await openLog(openUrl(network.logUrl))).checkpoint;
    return root !== null && root.sealed !== null && root.sealed.height < size;
  });
});
afterAll(() => network[Symbol.asyncDispose]());

/** A service that shows the audit trail otherwise than it wrote it. */
const lying = (change: (lines: AuditLine[]) => AuditLine[]): Client => ({
  call: (async (operation: "listAudit", request: never) => {
    const answer = await admin.call(operation, request);
    return operation === "listAudit" ? { ...answer, items: change(answer.items) } : answer;
  }) as Client["call"],
});
const check = async (client: Client) =>
  checkAudit(client, await openLog(openUrl(network.logUrl)), epoch);

it("holds an epoch's audit trail against what the public log says about it", async () => {
  expect(await check(admin)).toMatchObject({ same: true, shown: { count: 2 } });
});

it.each([
  ["a line goes", (lines: AuditLine[]) => lines.slice(1)],
  [
    "a line changes",
    ([first, ...rest]: AuditLine[]) => [{ ...first, outcome: "refused" }, ...rest] as AuditLine[],
  ],
  [
    "a line comes",
    ([first, ...rest]: AuditLine[]) => [{ ...first, id: "9" }, first, ...rest] as AuditLine[],
  ],
])("notices when %s", async (_, change) => {
  expect(await check(lying(change))).toMatchObject({ same: false });
});
