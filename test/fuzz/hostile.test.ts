import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService as startBlockManager } from "../../packages/block-manager/src/testing/service.ts";
import { startTestService } from "../../packages/node-management/src/testing/service.ts";
import { exchange, hostileRequests, type Targets } from "./raw.ts";

const settings = { TRUSTED_HOSTS: "lucid.example" };

const openBlockManager = async (stack: AsyncDisposableStack): Promise<string> => {
  const test = stack.use(await startBlockManager({ passed: 3, settings }));
  await test.grow(3);
  return test.url;
};

const openNodeManagement = async (stack: AsyncDisposableStack): Promise<string> =>
  stack.use(await startTestService({ settings })).service.url;

const services: [string, typeof openBlockManager, Targets][] = [
  ["node-management", openNodeManagement, { read: "/api/v1/network", write: "/api/v1/nodes" }],
  ["block-manager", openBlockManager, { read: "/api/v1/chain", write: "/api/v1/cosignatures" }],
];

const isProblem = (answer: string): boolean =>
  /content-type: application\/problem\+json/i.test(answer) &&
  ["code", "detail", "request_id"].every((field) => answer.includes(`"${field}":"`));

describe.each(services)("%s", (_, open, targets) => {
  const stack = new AsyncDisposableStack();
  let url = "";
  beforeAll(async () => void (url = await open(stack)));
  afterAll(() => stack.disposeAsync());

  it.each(hostileRequests(targets))(
    "refuses %s in words, and goes on",
    async (_name, bytes, statuses) => {
      const answer = await exchange(url, bytes);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
      expect(statuses, answer.slice(0, 400)).toContain(status);
      expect(status < 400 || isProblem(answer), answer.slice(0, 400)).toBe(true);
      expect((await fetch(`${url}/health`)).status).toBe(200);
    },
  );
});
