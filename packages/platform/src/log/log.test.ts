import { describe, expect, it } from "vitest";
import { createLog, type LogOptions } from "./log.ts";

const capture = (options: Partial<LogOptions> = {}) => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, log: createLog({ level: "info", name: "svc", destination, ...options }) };
};

const parsed = (line: string | undefined): unknown => JSON.parse(line ?? "null");

describe("createLog", () => {
  it("writes one JSON object per line with level, time and name in words", () => {
    const { lines, log } = capture();
    log.info({ slot: 7 }, "slot sealed");
    log.debug("not shown");
    expect(lines).toHaveLength(1);
    expect(parsed(lines[0])).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
      name: "svc",
      slot: 7,
      msg: "slot sealed",
    });
  });

  it.each([
    "authorization",
    "token",
    "key",
    "seed",
    "password",
    "secret",
    "private_key",
    "privateKeyHex",
    "cookie",
    "x-api-key",
  ])("never shows %s, down to four levels", (name) => {
    const { lines, log } = capture();
    const fields = {
      [name]: "hush",
      a: { [name]: "hush", b: { [name]: "hush", c: { [name]: { deep: "hush" } } } },
    };
    log.info(fields, "x");
    log.child({ [name]: "hush" }).info("y");
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toContain("hush");
  });

  it("keeps what only sounds like a secret", () => {
    const { lines, log } = capture();
    log.info({ public_key: "abc", node_id: "n", token_count: 2 }, "x");
    expect(parsed(lines[0])).toMatchObject({ public_key: "abc", node_id: "n", token_count: 2 });
  });

  it("writes errors with their code, cause and stack", () => {
    const { lines, log } = capture();
    const error = Object.assign(new Error("outer", { cause: new Error("inner") }), {
      code: "some.code",
    });
    log.error({ err: error }, "failed");
    expect(parsed(lines[0])).toMatchObject({ err: { code: "some.code", message: "outer: inner" } });
    expect(lines[0]).toContain("log.test.ts");
  });
});

describe("the short form", () => {
  it("is one line per entry: time, level, name, message, fields", () => {
    const { lines, log } = capture({ pretty: true, colour: false });
    log.warn(
      { slot: 7, why: "two words", list: [1, 2], csi: "\u009b2J", token: "hush" },
      "late\nor\u001b[31m never",
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}svc: /);
    expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u);
    expect(lines[0]).toContain(String.raw`late\u000aor\u001b[31m never`);
    expect(lines[0]).toContain(
      ' slot=7 why="two words" list=[1,2] csi=\\u009b2J token=[redacted]\n',
    );
  });

  it("colours on demand and shows the stack of an error below", () => {
    const { lines, log } = capture({ pretty: true, colour: true });
    log.error({ err: new Error("boom") }, "failed");
    expect(lines[0]).toContain("\u001b[31merror\u001b[0m");
    expect(lines[0]).toMatch(/\nError: boom\n {4}at /);
  });
});
