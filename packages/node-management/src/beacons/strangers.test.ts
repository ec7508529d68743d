import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestNode } from "../testing/index.ts";
import { refusalOf, startTestService, type TestService } from "../testing/service.ts";

let test: TestService;
let node: TestNode;

beforeAll(async () => {
  test = await startTestService();
  node = await test.join("a");
});
afterAll(() => test[Symbol.asyncDispose]());

it("slots and epochs beyond all dates are refused like others ahead of their time", async () => {
  const far = 2 ** 48;
  const beacon = test.client.call("sendBeacon", { body: { ...node.beacon(451), slot: far } });
  expect(await refusalOf(beacon)).toBe("409 beacons.early");
  const commitment = test.client.call("commitBeacons", {
    body: { ...node.commitment(30), epoch: far },
  });
  expect(await refusalOf(commitment)).toBe("409 commitments.window");
});

it("a reveal in another form is told the form", async () => {
  const call = test.client.call("sendBeacon", { body: { ...node.beacon(451), reveal: "0xAB" } });
  await expect(call).rejects.toThrow("/reveal in the body does not have the right form: 64 lower");
});

/** More requests without a token than all strangers together have in a minute, over one connection. */
const useUpTheLimit = async (port: number): Promise<void> => {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  await once(socket, "connect");
  const request = "GET /api/v1/payouts/threshold HTTP/1.1\r\nhost: localhost\r\n\r\n";
  socket.write(request.repeat(6_001));
  for await (const answer of socket) if (String(answer).includes("limits.exceeded")) return;
};

it("strangers who use up the limit of all without a token keep no node from coming back", async () => {
  await useUpTheLimit(Number(new URL(test.service.url).port));
  expect(await refusalOf(test.client.call("listNodes", {}))).toBe("429 limits.exceeded");
  expect((await test.client.call("getNetwork")).network_id).toBe(test.network.networkId);
  await test.client.call("commitBeacons", { body: node.commitment(30) });
  const { verdict } = await test.client.call("sendBeacon", { body: node.beacon(451) });
  expect(verdict).toBe("accepted");
});
