import { join } from "node:path";
import { errorTable } from "@lucid/api";
import { createTestClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { createHttp } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { verifyObject } from "@lucid/protocol";
import { registerBeaconRoutes } from "../../packages/node-management/src/beacons/index.ts";
import { collections } from "../../packages/node-management/src/collections.ts";
import { serviceInfo } from "../../packages/node-management/src/info.ts";
import { readFirstPolicy, readNetwork } from "@lucid/platform/data-folder";
import { createServices } from "../../packages/node-management/src/services.ts";
import { benchConfig } from "./settings.ts";

/** The same service, but every beacon carries a signature that is checked: what hash chains save. */
const [directory = "", startMs = ""] = process.argv.slice(2);
const clock = createTestClock(Number(startMs));
const log = createLog({ level: "error", name: "bench" });
const metrics = createMetrics();
const network = readNetwork(directory);
const path = join(directory, "node-management.sqlite");
const documents = await openDocuments({ engine: "sqlite", path }, collections);
const services = await createServices(
  { network, documents, clock, log, metrics, payer: null },
  {
    config: benchConfig(directory),
    tokenKey: new Uint8Array(32),
    firstPolicy: readFirstPolicy(directory),
  },
);
const { beacons, registry } = services;
const http = createHttp(
  {
    log,
    metrics,
    clock,
    errors: errorTable,
    authenticate: (token) => services.tokens.verify(token),
  },
  { info: serviceInfo },
);
registerBeaconRoutes({
  http,
  registry,
  network,
  clock,
  sealing: services.sealing,
  commands: services.commands,
  beacons: {
    ...beacons,
    accept: (message, connection) => {
      const { node_id, slot, reveal, signature = "" } = message;
      const publicKey = registry.node(node_id)?.publicKey ?? "";
      const signed = { node_id, slot, reveal };
      if (!verifyObject("beacon", network.networkId, signed, signature, publicKey))
        throw new Error("the bench sent a wrong signature");
      return beacons.accept(message, connection);
    },
  },
});
const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
process.on("message", ({ advance }: { advance: number }) => {
  void clock.advance(advance).then(() => process.send?.({ nowMs: clock.now() }));
});
process.send?.({ port });
