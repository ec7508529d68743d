import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { findFreePort } from "../../packages/cli/src/programs/free-port.ts";
import { hasProxy, startProxy } from "./proxy.ts";

/** A replica that is ready, and tells whom it takes its caller for. */
const startReplica = async () => {
  const server = createServer((request, response) =>
    response.end(String(request.headers["x-forwarded-for"])),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.asyncDispose]: async () => void server.close() };
};

/** Whom the replica takes a caller for who claims to be 192.0.2.7. */
const claim = async (env: Readonly<Record<string, string>>): Promise<string> => {
  await using replica = await startReplica();
  const api = await findFreePort(28_300);
  using proxy = startProxy({ api, replicas: [replica.port, replica.port] }, env);
  await proxy.ready(2);
  const headers = { "x-forwarded-for": "192.0.2.7" };
  return (await fetch(`http://127.0.0.1:${api}/health`, { headers })).text();
};

test.skipIf(!hasProxy)("callers cannot say that they are somebody else", async () => {
  expect(await claim({ TRUST_PROXY: "false" })).toBe("127.0.0.1");
});

test.skipIf(!hasProxy)("a proxy in front that is trusted says who they are", async () => {
  expect(await claim({ TRUST_PROXY: "true" })).toBe("192.0.2.7");
});
