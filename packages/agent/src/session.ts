import { ApiError, type Client } from "@lucid/api/client";
import type { Clock } from "@lucid/platform/clock";
import { createClient } from "@lucid/api/client";
import { issueToken } from "./sign-in.ts";

export type SessionOptions = {
  readonly service: string;
  readonly seed: Uint8Array;
  readonly networkId: string;
  readonly timeoutMs?: number;
};

/** Speaks as a node for as long as its program runs: signs in when it has to, and again before the token ends. */
export type Session = { call: Client["call"] };

const reserveMs = 60_000;

export const createSession = (clock: Pick<Clock, "now">, options: SessionOptions): Session => {
  const { service, seed, networkId, timeoutMs = 10_000 } = options;
  let token = "";
  let goodUntilMs = 0;
  const client = createClient({ baseUrl: service, timeoutMs, token: () => token });

  const signIn = async (): Promise<void> => {
    const issued = await issueToken(service, seed, networkId);
    token = issued.token;
    // Whatever the two clocks say: an hour is an hour.
    goodUntilMs = clock.now() + tokenMs - reserveMs;
  };

  return {
    call: async (operation, ...args) => {
      if (clock.now() >= goodUntilMs) await signIn();
      try {
        return await client.call(operation, ...args);
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) goodUntilMs = 0;
        throw error;
      }
    },
  };
};

const tokenMs = 3_600_000;
