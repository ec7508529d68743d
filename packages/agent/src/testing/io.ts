import { createTestClock, type TestClock } from "@lucid/platform/clock";
import type { Io } from "../program/index.ts";

export type TestIo = Io & {
  readonly clock: TestClock;
  out(): string;
  err(): string;
  /** Standard output as JSON lines. */
  lines(): Record<string, unknown>[];
};

/** A process without a terminal whose output a test can read; random bytes count upwards from `seed`. */
export const createTestIo = (
  more: Partial<Pick<Io, "env" | "home">> & { seed?: number } = {},
): TestIo => {
  const written = { out: "", err: "" };
  let counter = more.seed ?? 1;
  return {
    stdout: { write: (text: string) => (written.out += text) },
    stderr: { write: (text: string) => (written.err += text) },
    interactive: false,
    columns: () => 80,
    env: more.env ?? {},
    home: more.home ?? "/nowhere",
    clock: createTestClock(Date.UTC(2026, 0, 1)),
    random: (bytes) =>
      Uint8Array.from({ length: bytes }, (_, i) => (i === 0 ? counter++ : i) % 256),
    hint: (text) => text,
    signal: new AbortController().signal,
    out: () => written.out,
    err: () => written.err,
    lines: () =>
      written.out
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
};
