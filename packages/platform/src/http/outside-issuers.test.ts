import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestClock } from "../clock/index.ts";
import { createKeySetIssuer, createSecretIssuer, createTokenVerifier } from "./index.ts";
import type { OutsideOptions } from "./outside-issuers.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const expiresAt = startMs / 1000 + 3600;
const options: OutsideOptions = {
  issuer: "https://sign-in.test",
  audience: "net",
  rolesClaim: "realm_access.roles",
  roles: new Map([
    ["ops", "operator"],
    ["boss", "admin"],
    ["node", "node"],
  ]),
  allowed: ["operator", "admin"],
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const secret = utf8("a secret of at least thirty-two bytes");

type Claims = { iss?: string; aud?: string; sub?: string; exp?: number; roles?: unknown };
const tokenBy = (
  key: Parameters<SignJWT["sign"]>[0],
  alg: string,
  claims: Claims = {},
  kid?: string,
) => {
  const { roles = ["ops"], ...rest } = claims;
  const said = { iss: options.issuer, aud: options.audience, sub: "ann", exp: expiresAt, ...rest };
  return new SignJWT({ ...said, realm_access: { roles } })
    .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
    .sign(key);
};

const verifierOf = (others: Parameters<typeof createTokenVerifier>[0]["others"]) => {
  const clock = createTestClock(startMs);
  return {
    clock,
    verify: createTokenVerifier({ keys: [], issuer: "net", others: others ?? [], clock }),
  };
};

describe("a shared secret", () => {
  const { verify } = verifierOf([createSecretIssuer([secret], options)]);

  it("speaks for people, in the roles that the settings name", async () => {
    const token = await tokenBy(secret, "HS256", { roles: ["ops", "boss", "node", "cook"] });
    expect(await verify(token)).toMatchObject({
      principal: { kind: "person", id: "secret:ann", roles: ["operator", "admin"] },
    });
  });

  it.each<[string, Claims]>([
    ["another issuer", { iss: "net" }],
    ["another audience", { aud: "elsewhere" }],
    ["nobody", { sub: "" }],
    ["a name that cannot be written down", { sub: "ann\0" }],
    ["a name that commands a terminal", { sub: "ann\u001b[2K" }],
    ["a name without end", { sub: "x".repeat(200) }],
  ])("counts for nothing with %s", async (_, claims) => {
    const token = await tokenBy(secret, "HS256", claims);
    expect(await verify(token)).toMatchObject({ code: "access.unauthenticated" });
  });

  it("counts until it expires, and not without an end", async () => {
    const over = await tokenBy(secret, "HS256", { exp: startMs / 1000 - 1 });
    expect(await verify(over)).toMatchObject({ code: "access.expired" });
    const endless = new SignJWT({ iss: options.issuer, aud: "net", sub: "ann" });
    const token = await endless.setProtectedHeader({ alg: "HS256" }).sign(secret);
    expect(await verify(token)).toMatchObject({ code: "access.unauthenticated" });
  });

  it("has tokens with a name by which each can be revoked, also where they give none that is a text", async () => {
    const claims = { iss: options.issuer, aud: "net", sub: "ann", exp: expiresAt, jti: 5 as never };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret);
    expect(await verify(token)).toMatchObject({
      principal: { token: { id: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown } },
    });
  });

  it("gives nobody the roles of nodes, owners and services", async () => {
    const token = await tokenBy(secret, "HS256", { roles: "node" });
    expect(await verify(token)).toMatchObject({ principal: { roles: [] } });
  });

  it("may be followed by another, while what the old one signed still counts", async () => {
    const next = utf8("the next secret, of thirty-two bytes too");
    const both = verifierOf([createSecretIssuer([next, secret], options)]).verify;
    const only = verifierOf([createSecretIssuer([next], options)]).verify;
    const old = await tokenBy(secret, "HS256");
    expect(await both(old)).toMatchObject({ principal: { id: "secret:ann" } });
    expect(await both(await tokenBy(next, "HS256"))).toMatchObject({ principal: {} });
    expect(await only(old)).toMatchObject({ code: "access.unauthenticated" });
  });

  it("has at least 32 bytes", () => {
    expect(() => createSecretIssuer([secret.subarray(0, 31)], options)).toThrow(/32 bytes/);
  });
});

describe("a key set", () => {
  const keys: JWK[] = [];
  let status = 200;
  let page: string | null = null;
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.writeHead(status, { "content-type": "application/json" });
    answer.end(page ?? JSON.stringify({ keys }));
  });
  let url: URL;
  let first: Awaited<ReturnType<typeof generateKeyPair>>;

  const publish = async (kid: string, alg = "ES256") => {
    const pair = await generateKeyPair(alg, { extractable: true });
    keys.push({ ...(await exportJWK(pair.publicKey)), kid, alg });
    return pair;
  };
  const serve = (algorithms = ["ES256"]) => {
    const clock = createTestClock(startMs);
    const told: unknown[] = [];
    const tell = (facts: unknown, words?: string) => void told.push([words, facts]);
    const log = { info: tell, warn: tell };
    const issuer = createKeySetIssuer({ clock, log }, { ...options, url, algorithms });
    return {
      clock,
      told,
      verify: createTokenVerifier({ keys: [], issuer: "net", others: [issuer], clock }),
    };
  };

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
    first = await publish("first");
  });
  afterAll(() => void server.close());
  afterEach(() => void vi.useRealTimers());

  /** For jose, which looks at the keys again by the system's time. */
  const passSeconds = (seconds: number): void => {
    const then = Date.now() + seconds * 1000;
    vi.useFakeTimers({ toFake: ["Date"], now: then });
  };

  it("speaks for people, and is asked once", async () => {
    const { verify } = serve();
    asked = 0;
    for (const sub of ["ann", "bob"])
      expect(
        await verify(await tokenBy(first.privateKey, "ES256", { sub }, "first")),
      ).toMatchObject({
        principal: { kind: "person", id: `outside:${sub}`, roles: ["operator"] },
      });
    expect(asked).toBe(1);
  });

  it("takes no other algorithm, none least of all, and its public keys are no secrets", async () => {
    const { verify } = serve();
    const rsa = await publish("rsa", "RS256");
    const spki = utf8(await exportSPKI(first.publicKey));
    const claims = Buffer.from(
      JSON.stringify({ iss: options.issuer, aud: "net", sub: "ann", exp: expiresAt }),
    ).toString("base64url");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims}.`;
    for (const token of [
      await tokenBy(rsa.privateKey, "RS256", {}, "rsa"),
      await tokenBy(spki, "HS256", {}, "first"),
      none,
    ])
      expect(await verify(token)).toMatchObject({ code: "access.unauthenticated" });
    expect(() => serve(["HS256"])).toThrow(/public keys/);
    expect(() => serve(["none"])).toThrow(/public keys/);
  });

  it("signed nothing that another key signed under its name", async () => {
    const { verify } = serve();
    const stranger = await generateKeyPair("ES256");
    for (const kid of ["first", "unknown"])
      expect(await verify(await tokenBy(stranger.privateKey, "ES256", {}, kid))).toMatchObject({
        code: "access.unauthenticated",
      });
  });

  it("lets nobody in while it cannot be read, asks to try again, and does", async () => {
    const { verify, clock } = serve();
    const token = await tokenBy(first.privateKey, "ES256", {}, "first");
    status = 503;
    asked = 0;
    const away = { code: "service.unavailable", retryAfter: 5 };
    expect([await verify(token), await verify(token)]).toMatchObject([away, away]);
    expect(asked).toBe(1);
    status = 200;
    await clock.advance(5_000);
    expect(await verify(token)).toMatchObject({ principal: { id: "outside:ann" } });
  });

  it("says once why it cannot be read, also where a page is answered, and once that it can again", async () => {
    const { verify, clock, told } = serve();
    const token = await tokenBy(first.privateKey, "ES256", {}, "first");
    page = "<html>sign in</html>";
    for (let times = 0; times < 3; times++) {
      expect(await verify(token)).toMatchObject({ code: "service.unavailable" });
      await clock.advance(5_000);
    }
    const why = {
      url: url.href,
      reason: expect.stringMatching(/Failed to parse.*as JSON.*<html>/) as unknown,
    };
    expect(told).toEqual([["the sign-in service gives no keys", why]]);
    page = null;
    expect(await verify(token)).toMatchObject({ principal: {} });
    expect(told.slice(1)).toEqual([["the sign-in service gives keys again", { url: url.href }]]);
  });

  it("keeps nobody out whose key is known, while it is away and others send tokens of unknown keys", async () => {
    const { verify, told } = serve();
    const stranger = await generateKeyPair("ES256");
    const tokenOf = (sub: string) => tokenBy(first.privateKey, "ES256", { sub }, "first");
    await verify(await tokenOf("ann"));
    passSeconds(31);
    status = 503;
    asked = 0;
    for (const sub of ["bob", "eve"]) {
      const unknown = await tokenBy(stranger.privateKey, "ES256", {}, `unknown ${sub}`);
      expect(await verify(unknown)).toMatchObject({ code: "service.unavailable" });
      const forged = await tokenBy(stranger.privateKey, "ES256", { sub }, "first");
      expect(await verify(forged)).toMatchObject({ code: "access.unauthenticated" });
      expect(await verify(await tokenOf(sub))).toMatchObject({
        principal: { id: `outside:${sub}` },
      });
    }
    expect([asked, told.length]).toEqual([1, 1]);
    status = 200;
  });

  it("rotates: a key that is published later counts, one that is withdrawn does not for long", async () => {
    const { verify } = serve();
    await verify(await tokenBy(first.privateKey, "ES256", {}, "first"));
    const second = await publish("second");
    passSeconds(31);
    const token = await tokenBy(second.privateKey, "ES256", {}, "second");
    expect(await verify(token)).toMatchObject({ principal: {} });
    const withdrawn = keys.shift() as JWK;
    passSeconds(601);
    const old = await tokenBy(first.privateKey, "ES256", { sub: "bob" }, "first");
    expect(await verify(old)).toMatchObject({ code: "access.unauthenticated" });
    keys.unshift(withdrawn);
  });
});
