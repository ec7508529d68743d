import { createPrivateKey, type KeyObject, randomUUID } from "node:crypto";
import { ed25519PublicKey } from "@lucid/protocol";
import { SignJWT } from "jose";
import type { Clock } from "../clock/index.ts";
import type { Principal } from "./context.ts";
import type { Authentication } from "./contract.ts";
import { tokenAlgorithm, type TokenIssuer } from "./token-issuer.ts";
import { createTokenVerifier } from "./token-verifier.ts";

/** PKCS #8 wrapping of a raw Ed25519 seed (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

export type TokensOptions = {
  /** Ed25519 seed of the service's own signing key, 32 bytes. */
  readonly key: Uint8Array;
  /** Public keys (32 bytes) that signed before this one; what they signed counts until it expires. */
  readonly previousKeys?: readonly Uint8Array[];
  /** Others whose tokens count. */
  readonly others?: readonly TokenIssuer[];
  /** Who issues and who accepts: the network id, so that a token of another network is worth nothing. */
  readonly issuer: string;
  readonly clock: Pick<Clock, "now">;
};

export type Tokens = {
  /** Signs a bearer token (JWT, RFC 7519, EdDSA) that speaks for the principal during `ttlMs`. */
  issue(principal: Principal, ttlMs: number): Promise<{ token: string; expiresAtMs: number }>;
  /** Says who a token speaks for, or whether it expired or was never ours. */
  verify(token: string): Authentication | Promise<Authentication>;
};

const importSeed = (seed: Uint8Array): KeyObject => {
  if (seed.length !== 32) throw new Error("the signing key of tokens has to be a seed of 32 bytes");
  const der = Buffer.concat([pkcs8Prefix, seed]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
};

/** Bearer tokens signed with the service's own Ed25519 key, and taken back by it. */
export const createTokens = (options: TokensOptions): Tokens => {
  const { key, previousKeys = [], issuer, clock } = options;
  const privateKey = importSeed(key);
  return {
    issue: async ({ kind, id, roles }, ttlMs) => {
      const issuedAt = Math.floor(clock.now() / 1000);
      const expiresAt = issuedAt + Math.ceil(ttlMs / 1000);
      const token = await new SignJWT({ kind, roles: [...roles] })
        .setProtectedHeader({ alg: tokenAlgorithm, typ: "JWT" })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(issuer)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(privateKey);
      return { token, expiresAtMs: expiresAt * 1000 };
    },
    verify: createTokenVerifier({ ...options, keys: [ed25519PublicKey(key), ...previousKeys] }),
  };
};
