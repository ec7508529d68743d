import { createHmac } from "node:crypto";
import { openDocuments } from "@lucid/platform/documents";
import { createTestClock } from "@lucid/platform/clock";
import { createTokens, type Principal } from "@lucid/platform/http";
import { ed25519PublicKey, fromHex, signObject, toHex } from "@lucid/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  adminSeed,
  refusalOf,
  startTestService,
  type TestService,
  testTokenKey,
} from "../testing/service.ts";
import { accessCollections, createRevocations } from "./index.ts";
import { forgetRevocations } from "./revocations.ts";

const secret = "a secret of at least thirty-two bytes";
const oldSeed = new Uint8Array(32).fill(8);
let test: TestService;
beforeAll(async () => {
  test = await startTestService({
    settings: {
      JWT_SECRET: secret,
      PREVIOUS_TOKEN_KEYS: toHex(ed25519PublicKey(oldSeed)),
      AUDITOR_KEYS: toHex(ed25519PublicKey(new Uint8Array(32).fill(9))),
    },
  });
});
afterAll(() => test[Symbol.asyncDispose]());

const issue = async (principal: Principal, key = fromHex(testTokenKey)): Promise<string> => {
  const { network, clock } = test;
  const tokens = createTokens({ key, issuer: network.networkId, clock });
  return (await tokens.issue(principal, 3_600_000)).token;
};
const admin: Principal = { kind: "person", id: "person_x", roles: ["admin"] };

const ask = async (
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
) => {
  const answer = await fetch(`${test.service.url}/api/v1/${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as { code?: string; csrf_token?: string };
  return { status: answer.status, code: json.code, json, cookie: answer.headers.get("set-cookie") };
};
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("tokens", () => {
  it("of people come from a shared secret too, and from the key before", async () => {
    const { networkId } = test.network;
    const exp = Math.floor(test.clock.now() / 1000) + 60;
    const claims = { iss: networkId, aud: networkId, sub: "ann", exp, roles: ["auditor"] };
    const signed = [{ alg: "HS256" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const mac = createHmac("sha256", secret).update(signed).digest("base64url");
    const outside = `${signed}.${mac}`;
    expect((await ask("GET", "audit", bearer(outside))).status).toBe(200);
    expect((await ask("GET", "audit", bearer(await issue(admin, oldSeed)))).status).toBe(200);
    const stranger = await issue(admin, new Uint8Array(32).fill(3));
    expect((await ask("GET", "audit", bearer(stranger))).status).toBe(401);
  });

  it("carry the role that a person's key has", async () => {
    const auditor = await test.signIn(new Uint8Array(32).fill(9));
    await auditor.call("listAudit", {});
    const params = { node_id: `node_${"a".repeat(32)}` };
    const body = { standing: "active", reason: "check" } as const;
    expect(await refusalOf(auditor.call("changeStanding", { params, body }))).toBe(
      "403 access.forbidden",
    );
  });

  it("are worth nothing once they are revoked, one or all of a principal until then", async () => {
    const people = await test.signIn(adminSeed);
    const reason = "lost";
    const [one, other] = [await issue(admin), await issue(admin)];
    const { jti } = JSON.parse(Buffer.from(one.split(".")[1] ?? "", "base64url").toString()) as {
      jti: string;
    };
    await people.call("createRevocation", { body: { token_id: jti, reason } });
    expect((await ask("GET", "audit", bearer(one))).code).toBe("access.revoked");
    expect((await ask("GET", "audit", bearer(other))).status).toBe(200);
    await people.call("createRevocation", { body: { principal_id: admin.id, reason } });
    expect((await ask("GET", "audit", bearer(other))).code).toBe("access.revoked");
    await test.clock.advance(1_000);
    expect((await ask("GET", "audit", bearer(await issue(admin)))).status).toBe(200);
    expect(await refusalOf(people.call("createRevocation", { body: { reason } }))).toBe(
      "422 request.invalid",
    );
  });

  it.each([
    ["NUL", "a\0b", "400 request.malformed"],
    ["half of a character", "ab\ud83d", "400 request.malformed"],
    ["a command to the terminal", "all well\u001b[2K", "422 request.invalid"],
    ["another line", "lost\n2026-01-01 admin: found again", "422 request.invalid"],
    ["text that reads backwards", "lost \u202edetbuod", "422 request.invalid"],
    ["nothing but blanks", "    ", "422 request.invalid"],
    ["letters of any script", "потерян, 紛失 😀", "200"],
  ])(
    "are revoked for a reason that can be shown as it is, in one line: %s",
    async (_, reason, verdict) => {
      const people = await test.signIn(adminSeed);
      const revoking = people.call("createRevocation", { body: { token_id: "t", reason } });
      expect(await refusalOf(revoking)).toBe(verdict);
    },
  );

  it("that one replica revokes count for no other after its next look", async () => {
    await using documents = await openDocuments(
      { engine: "sqlite", path: ":memory:" },
      accessCollections,
    );
    const clock = createTestClock(1_800_000_000_000);
    const [here, there] = [
      await createRevocations({ documents, clock }),
      await createRevocations({ documents, clock }),
    ];
    const token = { id: "t", issuedAtMs: clock.now() - 1, expiresAtMs: clock.now() + 1 };
    await here.revoke({ principalId: "p", reason: "lost", by: "a" });
    const asked = { kind: "person", id: "p", roles: [], token } as const;
    expect([here.isRevoked(asked), there.isRevoked(asked)]).toEqual([true, false]);
    await there.refresh();
    expect(there.isRevoked(asked)).toBe(true);
    const restarted = await createRevocations({ documents, clock });
    expect(restarted.isRevoked(asked)).toBe(true);
  });

  it("are remembered as revoked for as long as one of them could count, and no longer", async () => {
    await using documents = await openDocuments(
      { engine: "sqlite", path: ":memory:" },
      accessCollections,
    );
    const clock = createTestClock(1_800_000_000_000);
    const revocations = await createRevocations({ documents, clock });
    const why = { reason: "lost", by: "a" };
    await revocations.revoke({ tokenId: "own", expiresAtMs: clock.now() + 1000, ...why });
    await revocations.revoke({ principalId: "person_a", ...why });
    await revocations.revoke({ tokenId: "somebody's", ...why });
    await revocations.revoke({ principalId: "outside:ann", ...why });
    const remembered = async (afterMs: number) => {
      await clock.advance(afterMs);
      await forgetRevocations({ documents, clock }, new AbortController().signal);
      const { items } = await (await createRevocations({ documents, clock })).list({ limit: 9 });
      return items.map(({ token_id, principal_id }) => `${token_id ?? principal_id}`).toSorted();
    };
    const ever = ["outside:ann", "somebody's"];
    expect(await remembered(61_000)).toEqual(["outside:ann", "own", "person_a", "somebody's"]);
    expect(await remembered(1)).toEqual(["outside:ann", "person_a", "somebody's"]);
    expect(await remembered(3_598_999)).toEqual(["outside:ann", "person_a", "somebody's"]);
    expect(await remembered(1)).toEqual(ever);
    const { jti, sub } = { jti: "somebody's", sub: "outside:ann" };
    const token = (id: string) => ({ id, issuedAtMs: 1, expiresAtMs: clock.now() + 1 });
    const person = { kind: "person", roles: [] } as const;
    await revocations.refresh();
    expect(revocations.isRevoked({ ...person, id: "b", token: token(jti) })).toBe(true);
    expect(revocations.isRevoked({ ...person, id: sub, token: token("any") })).toBe(true);
    expect(revocations.isRevoked({ ...person, id: "person_a", token: token("any") })).toBe(false);
  });
});

describe("a session of the console", () => {
  it("is a cookie that no page can read, and changes need what only its own page knows", async () => {
    const token = await issue(admin);
    const opened = await ask("POST", "auth/session", bearer(token));
    expect(opened.status).toBe(201);
    expect(opened.cookie).toMatch(
      /^lucid_session=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=3[56]\d\d$/,
    );
    const cookie = opened.cookie?.split(";")[0] ?? "";
    expect((await ask("GET", "audit", { cookie })).status).toBe(200);
    expect((await ask("GET", "auth/session", { cookie })).json).toEqual({ session: opened.json });
    expect((await ask("GET", "auth/session", {})).json).toEqual({ session: null });

    const reason = { principal_id: "person_nobody", reason: "check" };
    const revoke = (headers: Record<string, string>) =>
      ask("POST", "auth/revocations", headers, reason);
    expect((await revoke({ cookie })).code).toBe("access.csrf");
    expect((await revoke({ cookie, "x-csrf-token": "guess" })).code).toBe("access.csrf");
    const csrf = { cookie, "x-csrf-token": opened.json.csrf_token ?? "" };
    expect((await revoke(csrf)).status).toBe(201);

    const closed = await ask("DELETE", "auth/session", csrf);
    expect(closed.cookie).toMatch(/^lucid_session=; .*Max-Age=0$/);
    expect((await ask("GET", "audit", { cookie })).code).toBe("access.revoked");
    expect((await ask("GET", "nodes", { cookie })).status).toBe(200);
  });

  it("belongs to its host alone where the caller came over HTTPS", async () => {
    await using proxied = await startTestService({ settings: { TRUST_PROXY: "true" } });
    const { challenge, expires_at } = await proxied.client.call("createChallenge", {});
    const public_key = toHex(ed25519PublicKey(adminSeed));
    const signed = { challenge, public_key, expires_at };
    const signature = signObject("token", proxied.network.networkId, signed, adminSeed);
    const { token } = await proxied.client.call("createToken", { body: { ...signed, signature } });
    const answer = await fetch(`${proxied.service.url}/api/v1/auth/session`, {
      method: "POST",
      headers: { ...bearer(token), "x-forwarded-proto": "https" },
    });
    expect(answer.headers.get("set-cookie")).toMatch(
      /^__Host-lucid_session=.*; Path=\/;.*; Secure$/,
    );
  });
});

it.each([
  [{ JWT_SECRET: "short" }, /JWT_SECRET.*32 bytes/s],
  [{ JWKS_URL: "http://127.0.0.1:1/jwks" }, /JWT_ISSUER/],
  [
    { JWKS_URL: "http://127.0.0.1:1/jwks", JWT_ISSUER: "x", JWKS_ALGORITHMS: "HS256" },
    /JWKS_ALGORITHMS.*HS256/s,
  ],
  [{ JWT_ROLES: "ops=node" }, /JWT_ROLES.*ops=node/s],
  [{ PREVIOUS_JWT_SECRET: secret }, /JWT_SECRET/],
  [{ TREASURER_KEYS: "abc" }, /TREASURER_KEYS/],
])("a start with %o is refused", async (settings, words) => {
  await expect(startTestService({ settings })).rejects.toThrow(words);
});
