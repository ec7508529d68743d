import { createHash } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload } from "jose";
import type { Clock } from "../clock/index.ts";
import type { Principal } from "./context.ts";
import type { Authenticate, Authentication } from "./contract.ts";
import { IssuerUnreachable } from "./outside-issuers.ts";
import { createOwnIssuer, readToken, type TokenIssuer } from "./token-issuer.ts";

const maxCached = 10_000;
const retryS = 5;

export type TokenVerifierOptions = {
  /** Ed25519 public keys of 32 bytes; a token of the network counts when one of them signed it. */
  readonly keys: readonly Uint8Array[];
  /** Who issues and who accepts: the network id, so that a token of another network is worth nothing. */
  readonly issuer: string;
  /** Others whose tokens count. */
  readonly others?: readonly TokenIssuer[];
  readonly clock: Pick<Clock, "now">;
};

type Cached = {
  readonly principal: Principal;
  readonly expiresAtMs: number;
  readonly recheckAtMs: number;
};

const invalid: Authentication = {
  code: "access.unauthenticated",
  detail: "This token was not issued by this network, or was changed: sign in again.",
};
const expired: Authentication = {
  code: "access.expired",
  detail: "This token has expired: sign in again.",
};
const unreachable: Authentication = {
  code: "service.unavailable",
  detail: "The sign-in service that issued this token gives no keys now: send it again.",
  retryAfter: retryS,
};

/** Where a token names none, its own hash is its name. */
const idOf = (token: string, { jti }: JWTPayload): string =>
  typeof jti === "string" ? jti : createHash("sha256").update(token).digest("hex");

const toCached = (
  token: string,
  claims: JWTPayload,
  { principal, recheckAtMs }: { principal: Principal; recheckAtMs: number },
): Cached => {
  const expiresAtMs = (claims.exp ?? 0) * 1000;
  const issuedAtMs = (claims.iat ?? 0) * 1000;
  const id = idOf(token, claims);
  return {
    principal: { ...principal, token: { id, issuedAtMs, expiresAtMs } },
    expiresAtMs,
    recheckAtMs,
  };
};

/** Says who a bearer token (JWT, RFC 7519) speaks for. What was verified once is remembered until it expires. */
export const createTokenVerifier = (options: TokenVerifierOptions): Authenticate => {
  const { keys, issuer, others = [], clock } = options;
  const issuers = [createOwnIssuer(keys, issuer), ...others];
  const cache = new Map<string, Cached>();

  const remember = (token: string, cached: Cached): void => {
    const oldest = cache.size >= maxCached ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    cache.set(token, cached);
  };

  /** What the token says of itself only picks the issuer whose rules it is then held against. */
  const issuerOf = (token: string): TokenIssuer | undefined => {
    const { alg = "" } = decodeProtectedHeader(token);
    const { iss } = decodeJwt(token);
    return issuers.find((one) => one.issuer === iss && one.algorithms.includes(alg));
  };

  const read = async (token: string): Promise<Authentication> => {
    const from = issuerOf(token);
    if (from === undefined) return invalid;
    const now = clock.now();
    const claims = await readToken(token, from, new Date(now));
    const principal = claims === null ? null : from.principalOf(claims);
    if (claims === null || principal === null) return invalid;
    const recheckAtMs = now + (from.recheckMs ?? Infinity);
    const cached = toCached(token, claims, { principal, recheckAtMs });
    remember(token, cached);
    return { principal: cached.principal };
  };

  const verify = (token: string): Promise<Authentication> =>
    read(token).catch((error: unknown) => {
      if (error instanceof IssuerUnreachable) return unreachable;
      if (error instanceof errors.JWTExpired) return expired;
      // decodeProtectedHeader throws TypeError for what is no token at all.
      if (error instanceof errors.JOSEError || error instanceof TypeError) return invalid;
      throw error;
    });

  return (token) => {
    const cached = cache.get(token);
    if (cached === undefined) return verify(token);
    const now = clock.now();
    if (now < Math.min(cached.expiresAtMs, cached.recheckAtMs))
      return { principal: cached.principal };
    cache.delete(token);
    return now < cached.expiresAtMs ? verify(token) : expired;
  };
};
