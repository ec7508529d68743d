import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { createTestClock } from "../clock/index.ts";
import type { Http, RouteDefinition } from "./index.ts";
import { bearer, start } from "./testing/harness.ts";

const read = (path: string, roles: readonly string[], more: Partial<RouteDefinition> = {}) =>
  ({
    operationId: `read${path}`,
    method: "GET",
    path: `/api/v1/${path}`,
    summary: "Reads",
    tag: "test",
    roles,
    response: { 200: Type.Object({ id: Type.Union([Type.String(), Type.Null()]) }) },
    errors: [],
    ...more,
  }) as const;

const serve = (http: Http): void => {
  http.route(read("open", ["anyone"]), ({ principal }) => ({ id: principal?.id ?? null }));
  http.route(read("closed", ["admin", "operator"]), ({ principal }) => ({
    id: principal?.id ?? null,
  }));
  http.route(read("payouts", ["admin"], { rate: "payouts" }), () => ({ id: null }));
  http.route(read("sign_in", ["anyone"], { rate: "sign_in" }), () => ({ id: null }));
  http.route(read("free", ["anyone"], { rate: "none" }), ({ principal }) => ({
    id: principal?.id ?? null,
  }));
};

const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { code?: string }).code ?? response.status;

describe("tokens and roles", () => {
  it.each([
    ["closed", undefined, "access.unauthenticated"],
    ["closed", "Bearer nobody", "access.unauthenticated"],
    ["closed", "Basic YTpi", "access.unauthenticated"],
    ["closed", "Bearer old:a", "access.expired"],
    ["closed", "Bearer node:a", "access.forbidden"],
    ["closed", "Bearer admin:a", 200],
    ["closed", "bearer operator:a", 200],
    ["open", undefined, 200],
    ["open", "Bearer nobody", "access.unauthenticated"],
    ["open", "Bearer node:a", 200],
    ["free", "Bearer nobody", 200],
  ])("%s with %s is %s", async (path, authorization, expected) => {
    await using service = await start(serve);
    const headers = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${service.url}/api/v1/${path}`, { headers });
    expect(await codeOf(response)).toBe(expected);
  });

  it("says which kind of token is wanted", async () => {
    await using service = await start(serve);
    const none = await fetch(`${service.url}/api/v1/closed`);
    expect(none.headers.get("www-authenticate")).toBe('Bearer realm="lucid"');
    const wrong = await fetch(`${service.url}/api/v1/closed`, bearer("nobody"));
    expect(wrong.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("tells the handler who calls", async () => {
    await using service = await start(serve);
    const response = await fetch(`${service.url}/api/v1/open`, bearer("node:me"));
    expect(await response.json()).toEqual({ id: "me" });
  });

  it("waits for an authentication that takes its time, and answers 500 when it breaks", async () => {
    await using service = await start(serve, {
      deps: {
        authenticate: async (token) => {
          await Promise.resolve();
          if (token === "broken") throw new Error("no key at /secret/path");
          return { principal: { kind: "person", id: token, roles: ["admin"] } };
        },
      },
    });
    const url = `${service.url}/api/v1/closed`;
    expect(await (await fetch(url, bearer("late"))).json()).toEqual({ id: "late" });
    const broken = await fetch(url, bearer("broken"));
    const text = await broken.text();
    expect(broken.status).toBe(500);
    expect(text).not.toContain("/secret/path");
    expect(service.logged.join("")).toContain("no key at /secret/path");
  });
});

describe("limits", () => {
  const limits = { anonymous: 3, standard: 2, byRole: { admin: 4 }, byRate: { payouts: 1 } };

  const statuses = async (
    url: string,
    count: number,
    init: RequestInit = {},
  ): Promise<number[]> => {
    const seen: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const response = await fetch(url, init);
      await response.text();
      seen.push(response.status);
    }
    return seen;
  };

  it("gives every principal its own minute, admins more, some operations less", async () => {
    await using service = await start(serve, { limits });
    const { url } = service;
    expect(await statuses(`${url}/api/v1/open`, 3, bearer("node:a"))).toEqual([200, 200, 429]);
    expect(await statuses(`${url}/api/v1/open`, 2, bearer("node:b"))).toEqual([200, 200]);
    expect(await statuses(`${url}/api/v1/open`, 5, bearer("admin:a"))).toEqual([
      200, 200, 200, 200, 429,
    ]);
    expect(await statuses(`${url}/api/v1/payouts`, 2, bearer("admin:b"))).toEqual([200, 429]);
  });

  it("gives all callers without a valid token one budget, guesses at tokens and lost paths included", async () => {
    await using service = await start(serve, { limits });
    const { url } = service;
    expect(await statuses(`${url}/api/v1/open`, 1)).toEqual([200]);
    expect(await statuses(`${url}/api/v1/closed`, 1, bearer("nobody"))).toEqual([401]);
    expect(await statuses(`${url}/nowhere`, 2)).toEqual([404, 429]);
    expect(await statuses(`${url}/api/v1/free`, 2)).toEqual([200, 200]);
    expect(await statuses(`${url}/health`, 1)).toEqual([200]);
  });

  it("keeps nobody from signing in when strangers have used up what they may read", async () => {
    await using service = await start(serve, { limits });
    const { url } = service;
    expect(await statuses(`${url}/api/v1/open`, 4)).toEqual([200, 200, 200, 429]);
    expect(await statuses(`${url}/api/v1/sign_in`, 4)).toEqual([200, 200, 200, 429]);
  });

  it("may give strangers less of what costs us more", async () => {
    const dear = { ...limits, anonymousByRate: { sign_in: 1 } };
    await using service = await start(serve, { limits: dear });
    const { url } = service;
    expect(await statuses(`${url}/api/v1/sign_in`, 2)).toEqual([200, 429]);
    expect(await statuses(`${url}/api/v1/open`, 3)).toEqual([200, 200, 200]);
    expect(await statuses(`${url}/api/v1/sign_in`, 1, bearer("node:a"))).toEqual([200]);
  });

  it("says how long to wait, and lets callers in again after that", async () => {
    const clock = createTestClock(0);
    await using service = await start(serve, { limits, deps: { clock } });
    const url = `${service.url}/api/v1/open`;
    await statuses(url, 1);
    await clock.advance(15_000);
    await statuses(url, 2);
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "45"]);
    expect(await codeOf(refused)).toBe("limits.exceeded");
    await clock.advance(45_000);
    expect(await statuses(url, 1)).toEqual([200]);
  });

  it("counts addresses only behind a proxy that is trusted", async () => {
    const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
    await using plain = await start(serve, { limits });
    await using proxied = await start(serve, { limits, trustProxy: true });
    await statuses(`${plain.url}/api/v1/open`, 3, from("192.0.2.1"));
    await statuses(`${proxied.url}/api/v1/open`, 3, from("192.0.2.1"));
    expect(await statuses(`${plain.url}/api/v1/open`, 1, from("192.0.2.2"))).toEqual([429]);
    expect(await statuses(`${proxied.url}/api/v1/open`, 1, from("192.0.2.1"))).toEqual([429]);
    const pretended = from("203.0.113.9, 192.0.2.1"); // the proxy appends who called it to what was sent
    expect(await statuses(`${proxied.url}/api/v1/open`, 1, pretended)).toEqual([429]);
    expect(await statuses(`${proxied.url}/api/v1/open`, 1, from("192.0.2.2"))).toEqual([200]);
  });
});
