import { describe, expect, it } from "vitest";
import { good, post, serveThing, start } from "./testing/harness.ts";

describe("bodies", () => {
  it("reports every error at once, each with a pointer and a sentence", async () => {
    await using service = await start(serveThing);
    const body = { name: "A1", size: "1", kind: "sofft", nam: 1, inner: { deep: 0, x: 1 } };
    const answer = await post(`${service.url}/api/v1/things`, JSON.stringify(body));
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.body.code).toBe("request.invalid");
    expect(
      Object.fromEntries((answer.body.errors ?? []).map((item) => [item.pointer, item.detail])),
    ).toEqual({
      "/nam": "is not a known field: did you mean name?",
      "/name": "does not have the right form: lower-case letters",
      "/size": "must be a whole number, is a text in quotes",
      "/kind": 'must be "soft"; or must be "hard"',
      "/inner/x": "is not a known field: remove it (known: deep)",
      "/inner/deep": "must be true or false, is the number 0",
    });
  });

  it("says what is missing", async () => {
    await using service = await start(serveThing);
    const answer = await post(`${service.url}/api/v1/things`, "{}");
    expect(answer.body.errors).toEqual([
      { pointer: "/name", detail: "is missing: add it" },
      { pointer: "/size", detail: "is missing: add it" },
    ]);
    const none = await post(`${service.url}/api/v1/things`, null);
    expect(none.body.detail).toBe("The body is missing: send a JSON object.");
  });

  it("does not turn a text into a number", async () => {
    await using service = await start(serveThing);
    const answer = await post(`${service.url}/api/v1/things`, '{"name":"a","size":"7"}');
    expect(answer.status).toBe(422);
  });

  it.each([
    ['{"name":', 400, "request.malformed"],
    ['{"name":"a","name":"b","size":1}', 400, "request.malformed"],
    ['{"name":"a","size":1,"__proto__":{}}', 400, "request.malformed"],
    ["[".repeat(100_000), 400, "request.malformed"],
    [JSON.stringify("x".repeat(1024 * 1024)), 413, "request.too_large"],
  ])("answers %.20s with %i %s", async (body, status, code) => {
    await using service = await start(serveThing);
    const answer = await post(`${service.url}/api/v1/things`, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await post(`${service.url}/api/v1/things`, good)).status).toBe(200);
  });

  it("explains forged bodies briefly", async () => {
    await using service = await start(serveThing);
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, 1]));
    const long = { ["n".repeat(200_000)]: 1 };
    for (const body of [many, long]) {
      const answer = await post(`${service.url}/api/v1/things`, JSON.stringify(body));
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.body).length).toBeLessThan(5_000);
    }
  });

  it("says how large a body may be", async () => {
    await using service = await start(serveThing, { bodyLimitBytes: 1024 });
    const answer = await post(`${service.url}/api/v1/things`, JSON.stringify("x".repeat(2000)));
    expect(answer.body.detail).toContain("1024 bytes");
  });

  it("reads JSON only", async () => {
    await using service = await start(serveThing);
    const answer = await post(`${service.url}/api/v1/things`, good, {
      "content-type": "text/plain",
    });
    expect([answer.status, answer.body.code]).toEqual([415, "request.media_type"]);
  });
});
