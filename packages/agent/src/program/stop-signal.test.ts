import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStopSignal } from "./stop-signal.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const setUp = () => {
  const exit = vi.fn<(code?: number) => void>();
  const process = Object.assign(new EventEmitter(), { exit }) as unknown as NodeJS.Process;
  const signal = createStopSignal(process, { graceMs: 15_000, echoMs: 300 });
  return { exit, signal, send: (name: string) => (process as EventEmitter).emit(name, name) };
};

test("the first signal asks for an orderly end, which has a deadline", () => {
  const { exit, signal, send } = setUp();
  send("SIGTERM");
  expect(signal.aborted).toBe(true);
  vi.advanceTimersByTime(14_999);
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(exit).toHaveBeenCalledWith(130);
});

test("a second signal ends at once, but the echo of the first does not", () => {
  const { exit, send } = setUp();
  send("SIGINT");
  send("SIGINT");
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  send("SIGINT");
  expect(exit).toHaveBeenCalledWith(130);
});
