import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
} from "jose";
import type { Clock } from "../clock/index.ts";
import { signatureForm } from "../config/index.ts";
import type { Log } from "../log/index.ts";
import type { Principal } from "./context.ts";
import type { TokenIssuer } from "./token-issuer.ts";

export type OutsideOptions = {
  readonly issuer: string;
  readonly audience: string;
  /** The claim that names roles, as a path like `realm_access.roles`. */
  readonly rolesClaim: string;
  /** What the claim's values mean here; where it is empty they are roles by their own names. */
  readonly roles: ReadonlyMap<string, string>;
  /** The only roles that may come from outside. */
  readonly allowed: readonly string[];
};

/** The keys of a sign-in service could not be read: nobody knows whether the token holds. */
export class IssuerUnreachable extends Error {
  override readonly name = "IssuerUnreachable";
}

const smallestSecretBytes = 32;

/**
 * Whoever knows a shared secret (HS256, RFC 7518 section 3.2: at least as long as the hash). The first secret that
 * signed a token counts, so that a previous one serves until its tokens end. Throws RangeError for a short one.
 */
export const createSecretIssuer = (
  secrets: readonly Uint8Array[],
  options: OutsideOptions,
): TokenIssuer => {
  if (secrets.some(({ length }) => length < smallestSecretBytes))
    throw new RangeError(
      `a secret that signs tokens has to be of ${smallestSecretBytes} bytes or more`,
    );
  return {
    ...options,
    algorithms: ["HS256"],
    keys: secrets,
    principalOf: (claims) => personOf(claims, "secret", options),
  };
};

export type KeySetOptions = OutsideOptions & {
  /** Where the issuer publishes its keys (RFC 7517). */
  readonly url: URL;
  /** Signature algorithms with public keys. */
  readonly algorithms: readonly string[];
};

export type KeySetDeps = {
  readonly clock: Pick<Clock, "monotonic">;
  readonly log: Pick<Log, "info" | "warn">;
};

const keySetMs = 600_000;
const retryMs = 5_000;

/** What a key set says about a token, as against not being there. */
const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/**
 * A sign-in service that publishes its keys. While they cannot be read, those that were read within ten minutes count;
 * a token that another key signed throws IssuerUnreachable.
 */
export const createKeySetIssuer = (
  { clock, log }: KeySetDeps,
  { url, ...options }: KeySetOptions,
): TokenIssuer => {
  if (options.algorithms.some((name) => !signatureForm.pattern.test(name)))
    throw new RangeError("only signatures with public keys: EdDSA, ES256, RS256, PS256 and larger");
  const remote = createRemoteJWKSet(url, { cacheMaxAge: keySetMs, timeoutDuration: retryMs });
  let retryAtMs = -Infinity;
  let isAway = false;
  const become = (away: boolean, cause?: unknown): void => {
    if (away === isAway) return;
    isAway = away;
    if (away)
      log.warn({ url: url.href, reason: reasonOf(cause) }, "the sign-in service gives no keys");
    else log.info({ url: url.href }, "the sign-in service gives keys again");
  };
  const unreachable = (cause?: unknown): IssuerUnreachable =>
    new IssuerUnreachable(`${url.host} gave no keys`, { cause });

  /** Among the keys that were read before, so that whoever sends tokens of unknown keys keeps nobody out. */
  const findKnown: JWTVerifyGetKey = async (header, token) => {
    const known = remote.fresh ? remote.jwks() : undefined;
    if (known === undefined) throw unreachable();
    return createLocalJWKSet(known)(header, token).catch((cause: unknown) => {
      throw cause instanceof errors.JWKSNoMatchingKey ? unreachable(cause) : cause;
    });
  };
  const findKey: JWTVerifyGetKey = async (header, token) => {
    if (clock.monotonic() < retryAtMs) return findKnown(header, token);
    try {
      const key = await remote(header, token);
      // Otherwise the key is one that was read before.
      if (remote.coolingDown) become(false);
      return key;
    } catch (cause) {
      if (isAboutToken(cause)) throw cause;
      retryAtMs = clock.monotonic() + retryMs;
      become(true, cause);
      throw unreachable(cause);
    }
  };
  return {
    ...options,
    keys: [findKey],
    recheckMs: keySetMs,
    principalOf: (claims) => personOf(claims, "outside", options),
  };
};

/** Names that can be written down and shown as they are: no control characters, no half of a character. */
const subject = /^\P{C}{1,180}$/u;

/** fetch() says what went wrong in its cause. */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
};

const personOf = (
  claims: JWTPayload,
  prefix: string,
  { rolesClaim, roles, allowed }: OutsideOptions,
): Principal | null => {
  if (typeof claims.sub !== "string" || !subject.test(claims.sub)) return null;
  const named = [valueAt(claims, rolesClaim)].flat().filter((name) => typeof name === "string");
  const meant = named.map((name) => (roles.size === 0 ? name : roles.get(name)));
  const held = new Set(meant.filter((role) => role !== undefined && allowed.includes(role)));
  return { kind: "person", id: `${prefix}:${claims.sub}`, roles: [...held] as string[] };
};

const valueAt = (claims: JWTPayload, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      claims,
    );
