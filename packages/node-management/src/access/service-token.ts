import type { Principal, Tokens } from "@lucid/platform/http";

const tokenMs = 600_000;

const self: Principal = { kind: "service", id: "node-management", roles: ["service"] };

/** A token with which this service makes itself known to another of the network, a new one each time. */
export const createServiceToken = (tokens: Pick<Tokens, "issue">) => async (): Promise<string> =>
  (await tokens.issue(self, tokenMs)).token;
