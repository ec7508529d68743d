import { createPrivateKey, createPublicKey } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { Type } from "typebox";
import { Compile } from "typebox/compile";
import type { Clock } from "../clock/index.ts";
import type { Principal } from "./context.ts";
import type { Authentication } from "./contract.ts";

const maxCached = 10_000;
const algorithm = "EdDSA";

/** PKCS #8 wrapping of a raw Ed25519 seed (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

const claimsSchema = Compile(
  Type.Object({
    sub: Type.String({ minLength: 1 }),
    exp: Type.Integer(),
    kind: Type.Union([
      Type.Literal("node"),
      Type.Literal("owner"),
      Type.Literal("person"),
      Type.Literal("service"),
    ]),
    roles: Type.Array(Type.String()),
  }),
);

export type TokensOptions = {
  /** Ed25519 seed of the service's own signing key, 32 bytes. */
  readonly key: Uint8Array;
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

type Cached = { readonly principal: Principal; readonly expiresAtMs: number };

const invalid: Authentication = {
  code: "access.unauthenticated",
  detail: "This token was not issued by this network, or was changed: sign in again.",
};
const expired: Authentication = {
  code: "access.expired",
  detail: "This token has expired: sign in again.",
};

const keyPair = (seed: Uint8Array) => {
  if (seed.length !== 32) throw new Error("the signing key of tokens has to be a seed of 32 bytes");
  const der = Buffer.concat([pkcs8Prefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { privateKey, publicKey: createPublicKey(privateKey) };
};

/** Bearer tokens signed with the service's own Ed25519 key. What was verified once is remembered until it expires. */
export const createTokens = ({ key, issuer, clock }: TokensOptions): Tokens => {
  const { privateKey, publicKey } = keyPair(key);
  const cache = new Map<string, Cached>();

  const remember = (token: string, cached: Cached): void => {
    const oldest = cache.size >= maxCached ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    cache.set(token, cached);
  };

  const read = async (token: string): Promise<Authentication> => {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        issuer,
        audience: issuer,
        algorithms: [algorithm],
        currentDate: new Date(clock.now()),
      });
      if (!claimsSchema.Check(payload)) return invalid;
      const { sub: id, kind, roles, exp } = payload;
      const principal: Principal = { kind, id, roles };
      remember(token, { principal, expiresAtMs: exp * 1000 });
      return { principal };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return expired;
      if (error instanceof errors.JOSEError) return invalid;
      throw error;
    }
  };

  return {
    issue: async ({ kind, id, roles }, ttlMs) => {
      const issuedAt = Math.floor(clock.now() / 1000);
      const expiresAt = issuedAt + Math.ceil(ttlMs / 1000);
      const token = await new SignJWT({ kind, roles: [...roles] })
        .setProtectedHeader({ alg: algorithm, typ: "JWT" })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(issuer)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(privateKey);
      return { token, expiresAtMs: expiresAt * 1000 };
    },
    verify: (token) => {
      const cached = cache.get(token);
      if (cached === undefined) return read(token);
      if (clock.now() < cached.expiresAtMs) return { principal: cached.principal };
      cache.delete(token);
      return expired;
    },
  };
};
