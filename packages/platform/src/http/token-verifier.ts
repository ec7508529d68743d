import { createPublicKey, type KeyObject } from "node:crypto";
import { errors, type JWTPayload, jwtVerify } from "jose";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import type { Clock } from "../clock/index.ts";
import type { Principal } from "./context.ts";
import type { Authenticate, Authentication } from "./contract.ts";

const maxCached = 10_000;
export const tokenAlgorithm = "EdDSA";

const Claims = Type.Object({
  sub: Type.String({ minLength: 1 }),
  exp: Type.Integer(),
  kind: Type.Union([
    Type.Literal("node"),
    Type.Literal("owner"),
    Type.Literal("person"),
    Type.Literal("service"),
  ]),
  roles: Type.Array(Type.String()),
});
const claimsSchema = Compile(Claims);

export type TokenVerifierOptions = {
  /** Ed25519 public keys of 32 bytes; a token counts when one of them signed it. */
  readonly keys: readonly Uint8Array[];
  /** Who issues and who accepts: the network id, so that a token of another network is worth nothing. */
  readonly issuer: string;
  readonly clock: Pick<Clock, "now">;
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

/** A raw Ed25519 public key as JWK (RFC 8037, section 2). */
const importKey = (key: Uint8Array): KeyObject =>
  createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(key).toString("base64url") },
    format: "jwk",
  });

const createReader = (
  { issuer, clock }: TokenVerifierOptions,
  keys: readonly KeyObject[],
): ((token: string) => Promise<JWTPayload | null>) => {
  const readBy = async (token: string, key: KeyObject): Promise<JWTPayload | null> => {
    const options = {
      issuer,
      audience: issuer,
      algorithms: [tokenAlgorithm],
      currentDate: new Date(clock.now()),
    };
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) return null;
      throw error;
    }
  };
  return async (token) => {
    for (const key of keys) {
      const payload = await readBy(token, key);
      if (payload !== null) return payload;
    }
    return null;
  };
};

const toCached = ({ sub: id, kind, roles, exp }: Static<typeof Claims>): Cached => ({
  principal: { kind, id, roles },
  expiresAtMs: exp * 1000,
});

/** Says who a bearer token (JWT, RFC 7519, EdDSA) speaks for. What was verified once is remembered until it expires. */
export const createTokenVerifier = (options: TokenVerifierOptions): Authenticate => {
  const { clock } = options;
  const read = createReader(options, options.keys.map(importKey));
  const cache = new Map<string, Cached>();

  const remember = (token: string, cached: Cached): void => {
    const oldest = cache.size >= maxCached ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    cache.set(token, cached);
  };

  const verify = async (token: string): Promise<Authentication> => {
    try {
      const claims = await read(token);
      if (claims === null || !claimsSchema.Check(claims)) return invalid;
      const cached = toCached(claims);
      remember(token, cached);
      return { principal: cached.principal };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return expired;
      if (error instanceof errors.JOSEError) return invalid;
      throw error;
    }
  };

  return (token) => {
    const cached = cache.get(token);
    if (cached === undefined) return verify(token);
    if (clock.now() < cached.expiresAtMs) return { principal: cached.principal };
    cache.delete(token);
    return expired;
  };
};
