import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { findFreePort } from "./free-port.ts";

test("a port that is taken is passed over", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const found = await findFreePort(port);
  expect(found).toBeGreaterThan(port);
  server.close();
});
