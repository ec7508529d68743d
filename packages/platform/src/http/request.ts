import type { Principal } from "./context.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls; set by the access hook, null where no token was sent. */
    principal: Principal | null;
    /** When the headers were read, on the monotonic clock. */
    startedMs: number;
  }
}
