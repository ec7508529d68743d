import { createPublicKey, type KeyObject } from "node:crypto";
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import type { Principal } from "./context.ts";

export const tokenAlgorithm = "EdDSA";

/** One who issues tokens that count here. A token belongs to the issuer that its `iss` and `alg` name, and to no other. */
export type TokenIssuer = {
  readonly issuer: string;
  readonly audience: string;
  /** Pinned: what the token's header says is compared with these and never decides by itself. */
  readonly algorithms: readonly string[];
  /** Keys of which one has to have signed the token, or where they are found. */
  readonly keys: readonly (KeyObject | Uint8Array | JWTVerifyGetKey)[];
  /** How long a token counts without another look at its signature; until it expires where absent. */
  readonly recheckMs?: number;
  /** Whom claims speak for; null when they do not say. */
  principalOf(claims: JWTPayload): Principal | null;
};

const OwnClaims = Type.Object({
  sub: Type.String({ minLength: 1 }),
  kind: Type.Union([
    Type.Literal("node"),
    Type.Literal("owner"),
    Type.Literal("person"),
    Type.Literal("service"),
  ]),
  roles: Type.Array(Type.String()),
});
const ownClaims = Compile(OwnClaims);

/** A raw Ed25519 public key as JWK (RFC 8037, section 2). */
const importKey = (key: Uint8Array): KeyObject =>
  createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(key).toString("base64url") },
    format: "jwk",
  });

/** The network itself: Ed25519 public keys of 32 bytes, the network id as issuer and audience. */
export const createOwnIssuer = (keys: readonly Uint8Array[], networkId: string): TokenIssuer => ({
  issuer: networkId,
  audience: networkId,
  algorithms: [tokenAlgorithm],
  keys: keys.map(importKey),
  principalOf: (claims) => {
    if (!ownClaims.Check(claims)) return null;
    const { kind, sub: id, roles }: Static<typeof OwnClaims> = claims;
    return { kind, id, roles };
  },
});

/** The claims of a token that this issuer signed and meant for us; null when none of its keys did. Throws JOSEError. */
export const readToken = async (
  token: string,
  { issuer, audience, algorithms, keys }: TokenIssuer,
  currentDate: Date,
): Promise<JWTPayload | null> => {
  const options = {
    issuer,
    audience,
    algorithms: [...algorithms],
    currentDate,
    requiredClaims: ["exp", "sub"],
  };
  for (const key of keys) {
    try {
      return (await jwtVerify(token, key as JWTVerifyGetKey, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  return null;
};
