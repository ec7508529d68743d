import { routes } from "@lucid/api";
import { fastify } from "fastify";

/** What Fastify alone can do with the same schema: the baseline. */
// Its connections wait while the other servers have their rounds.
const app = fastify({ logger: false, keepAliveTimeout: 600_000 });
const { body, response } = routes.sendBeacon;
app.post(routes.sendBeacon.path, { schema: { body, response } }, async (request) => {
  const { slot } = request.body as { slot: number };
  return {
    verdict: "accepted",
    slot,
    server_time_ms: Date.now(),
    other_boot: false,
    checkpoint: null,
  };
});
app.get("/empty", async () => ({ ok: true }));
await app.listen({ port: 0, host: "127.0.0.1" });
const address = app.server.address();
process.send?.({ port: typeof address === "object" ? address?.port : null });
