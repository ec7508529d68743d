import { generateKeyPairSync, randomBytes } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { ed25519PublicKey } from "@lucid/protocol";
import { createTestClock } from "../clock/index.ts";
import { createTokens, createTokenVerifier } from "./index.ts";

const hourMs = 3_600_000;
const node = { kind: "node", id: "node_a", roles: ["node"] } as const;
const key = new Uint8Array(32).fill(7);
const startMs = Date.parse("2026-01-01T00:00:00Z");
const setup = (issuer = "net", seed = key) => {
  const clock = createTestClock(startMs);
  return { clock, tokens: createTokens({ key: seed, issuer, clock }) };
};

describe("tokens", () => {
  it("speak for whom they were issued, also when asked again", async () => {
    const { tokens } = setup();
    const { token, expiresAtMs } = await tokens.issue(node, hourMs);
    expect(expiresAtMs).toBe(startMs + hourMs);
    expect(await tokens.verify(token)).toMatchObject({ principal: node });
    expect(await tokens.verify(token)).toMatchObject({ principal: node });
  });

  it.each([true, false])("expire, whether they were seen before (%s) or not", async (seen) => {
    const { tokens, clock } = setup();
    const { token } = await tokens.issue(node, hourMs);
    if (seen) await tokens.verify(token);
    clock.set(startMs + hourMs - 1);
    expect(await tokens.verify(token)).toMatchObject({ principal: node });
    clock.set(startMs + hourMs);
    expect(await tokens.verify(token)).toMatchObject({ code: "access.expired" });
  });

  it("of another network or another key are worth nothing", async () => {
    const { tokens } = setup();
    const fromOtherNetwork = await setup("other").tokens.issue(node, hourMs);
    const fromOtherKey = await setup("net", new Uint8Array(randomBytes(32))).tokens.issue(
      node,
      hourMs,
    );
    for (const { token } of [fromOtherNetwork, fromOtherKey]) {
      expect(await tokens.verify(token)).toMatchObject({ code: "access.unauthenticated" });
    }
  });

  it("that were changed, are unsigned, use another algorithm or say nothing are refused", async () => {
    const { tokens } = setup();
    const { token } = await tokens.issue(node, hourMs);
    const [head = "", claims = "", signature = ""] = token.split(".");
    const raised = Buffer.from(claims, "base64url").toString().replace('"node"]', '"admin"]');
    const claim = { kind: "person", roles: ["admin"] };
    const unsigned = new UnsecuredJWT(claim)
      .setIssuer("net")
      .setAudience("net")
      .setSubject("x")
      .setExpirationTime("1h")
      .encode();
    const symmetric = await new SignJWT(claim)
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer("net")
      .setAudience("net")
      .setSubject("x")
      .setExpirationTime("1h")
      .sign(key);
    const foreign = await new SignJWT({})
      .setProtectedHeader({ alg: "EdDSA" })
      .sign(generateKeyPairSync("ed25519").privateKey);
    const changed = `${head}.${Buffer.from(raised).toString("base64url")}.${signature}`;
    for (const bad of [changed, unsigned, symmetric, foreign, "", "a.b.c", `${token}x`]) {
      expect(await tokens.verify(bad)).toMatchObject({ code: "access.unauthenticated" });
    }
  });

  it("need a seed of 32 bytes", () => {
    expect(() => setup("net", new Uint8Array(31))).toThrow("32 bytes");
  });

  it("are verified by a service that knows public keys only", async () => {
    const { tokens, clock } = setup();
    const { token } = await tokens.issue(node, hourMs);
    const other = ed25519PublicKey(new Uint8Array(32).fill(9));
    const own = ed25519PublicKey(key);
    const verifierOf = (keys: Uint8Array[]) => createTokenVerifier({ keys, issuer: "net", clock });
    expect(await verifierOf([other, own])(token)).toMatchObject({ principal: node });
    for (const keys of [[], [other]])
      expect(await verifierOf(keys)(token)).toMatchObject({ code: "access.unauthenticated" });
  });
});
