import { Type } from "typebox";
import type { Clock } from "../clock/index.ts";
import type { Readiness } from "./contract.ts";
import type { RouteDefinition } from "./definition.ts";
import { ApiProblem } from "./problem.ts";

const checkTimeoutMs = 5_000;

export type Check = () => Readiness | Promise<Readiness>;
export type CheckResult = Readiness & { readonly name: string };

const checkSchema = Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.String() });

export const healthDefinition = {
  operationId: "getHealth",
  method: "GET",
  path: "/health",
  summary: "Is the process up",
  tag: "system",
  roles: ["anyone"],
  rate: "none",
  response: { 200: Type.Object({ status: Type.Literal("up") }) },
  errors: [],
} as const satisfies RouteDefinition;

export const readyDefinition = {
  operationId: "getReadiness",
  method: "GET",
  path: "/ready",
  summary: "Can the service do its job, by dependency and chore",
  tag: "system",
  roles: ["anyone"],
  rate: "none",
  response: {
    200: Type.Object({ status: Type.Literal("ready"), checks: Type.Array(checkSchema) }),
  },
  errors: ["service.unavailable"],
} as const satisfies RouteDefinition;

/** What every service serves besides its own operations. */
export const systemDefinitions: readonly RouteDefinition[] = [healthDefinition, readyDefinition];

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const runCheck = async (clock: Clock, name: string, check: Check): Promise<CheckResult> => {
  const answered = new AbortController();
  const timeout = clock.sleep(checkTimeoutMs, answered.signal).then(() => ({
    ok: false,
    detail: `no answer within ${checkTimeoutMs / 1000} s`,
  }));
  try {
    return { name, ...(await Promise.race([check(), timeout])) };
  } catch (error) {
    return { name, ok: false, detail: reasonOf(error) };
  } finally {
    answered.abort();
  }
};

export type Readers = {
  add(name: string, check: Check): void;
  /** Runs every check at the same time; callers at the same time share one run. */
  read(): Promise<readonly CheckResult[]>;
};

export const createReaders = (clock: Clock): Readers => {
  const checks = new Map<string, Check>();
  let running: Promise<readonly CheckResult[]> | null = null;
  return {
    add: (name, check) => {
      if (checks.has(name)) throw new Error(`readiness check ${name} exists already`);
      checks.set(name, check);
    },
    read: () => {
      running ??= Promise.all(
        [...checks].map(([name, check]) => runCheck(clock, name, check)),
      ).finally(() => {
        running = null;
      });
      return running;
    },
  };
};

export const answerReady = async (
  readers: Readers,
): Promise<{ status: "ready"; checks: CheckResult[] } | ApiProblem> => {
  const checks = [...(await readers.read())];
  const failing = checks.filter(({ ok }) => !ok);
  if (failing.length === 0) return { status: "ready", checks };
  const reasons = failing.map(({ name, detail }) => `${name}: ${detail}`).join("; ");
  return new ApiProblem("service.unavailable", `Not ready (${reasons}).`, {
    retryAfter: 5,
    extensions: { checks },
  });
};
