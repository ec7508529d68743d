import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Address, hex, object, Time } from "../schemas.ts";

const Challenge = object({
  challenge: hex(32, "to be signed within its time, once"),
  expires_at: Type.Integer({ description: "Unix milliseconds; part of what is signed" }),
  network_id: hex(32, "the network that is signed for"),
});

const Answer = object({
  challenge: hex(32, "as received"),
  expires_at: Type.Integer({ description: "as received" }),
  public_key: Type.Optional(hex(32, "of a node or a person")),
  address: Type.Optional(Address),
  signature: Type.String({
    pattern: "^([0-9a-f]{128}|[0-9a-f]{130})$",
    description:
      "Ed25519 over kind `token` {challenge, public_key, expires_at}, or a wallet's TIP-191 signature of the token text",
  }),
});

const Token = object({
  token: Type.String(),
  expires_at: Time,
  principal: object({
    kind: Type.String(),
    id: Type.String(),
    roles: Type.Array(Type.String()),
  }),
});

export const accessRoutes = {
  createChallenge: defineRoute({
    operationId: "createChallenge",
    method: "POST",
    path: "/api/v1/auth/challenge",
    tag: "sign-in",
    summary: "Ask for a challenge to sign",
    roles: ["anyone"],
    rate: "sign_in",
    response: { 201: Challenge },
    errors: [],
  }),
  createToken: defineRoute({
    operationId: "createToken",
    method: "POST",
    path: "/api/v1/auth/token",
    tag: "sign-in",
    summary: "Answer a challenge, get a token for an hour",
    description:
      "A key signs the bytes `lucid/token/v1\\n` ‖ network_id (32 bytes) ‖ the RFC 8785 form of {challenge, expires_at, public_key}. A wallet signs (TIP-191) the lines `lucid token v1`, `network: <hex>`, `address: <T…>`, `challenge: <hex>`, `expires at: <ms>`, joined by LF, without a last one.",
    roles: ["anyone"],
    rate: "sign_in",
    body: Answer,
    response: { 201: Token },
    errors: ["access.challenge", "access.signature", "access.unknown_key"],
  }),
};
