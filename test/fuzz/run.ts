import * as fc from "fast-check";
import { ask, askedOf } from "./ask.ts";
import { openBlockManager } from "./block-manager.ts";
import { openNodeManagement } from "./node-management.ts";
import { operationsOf } from "./schema.ts";
import type { FuzzWorld } from "./world.ts";

export const worlds = {
  "node-management": openNodeManagement,
  "block-manager": openBlockManager,
} as const;

export type FuzzReport = {
  readonly ok: boolean;
  readonly seed: number;
  readonly requests: number;
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** One line for each operation that answered wrongly, and for what is not whole afterwards. */
  readonly findings: readonly string[];
};

export type FuzzOptions = {
  /** Requests to each operation. */
  readonly runs: number;
  readonly seed: number;
};

/** So many requests of one caller within a minute stay under every limit. */
const breathEvery = 45;

/** Sends good and broken requests to every operation that a service's own document tells of. */
export const fuzz = async (world: FuzzWorld, { runs, seed }: FuzzOptions): Promise<FuzzReport> => {
  const document: unknown = await (await fetch(`${world.url}/api/v1/openapi.json`)).json();
  const statuses: Record<number, number> = {};
  const findings: string[] = [];
  let requests = 0;

  for (const operation of operationsOf(document as Parameters<typeof operationsOf>[0])) {
    const property = fc.asyncProperty(askedOf(operation, world), async (asked) => {
      if ((requests += 1) % breathEvery === 0) await world.breathe();
      const { answer, faults } = await ask(world, operation, asked);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      if (faults.length > 0)
        throw new Error(`${answer.status}: ${faults.join("; ")} (${answer.text.slice(0, 300)})`);
    });
    const details = await fc.check(property, { numRuns: runs, seed });
    if (details.failed) findings.push(`${operation.operationId} ${sentenceOf(details)}`);
  }
  findings.push(...(await world.wrong()));
  return { ok: findings.length === 0, seed, requests, statuses, findings };
};

/** Every service in turn, in a world of its own. */
export const fuzzAll = async (
  options: FuzzOptions,
  tell: (line: string) => void,
): Promise<{ ok: boolean; reports: readonly FuzzReport[] }> => {
  const reports: FuzzReport[] = [];
  for (const [name, open] of Object.entries(worlds)) {
    await using world = await open();
    tell(`${name}: ${options.runs} requests to each operation`);
    reports.push(await fuzz(world, options));
  }
  return { ok: reports.every(({ ok }) => ok), reports };
};

type Failure = { readonly errorInstance: unknown; readonly counterexample: unknown };

const sentenceOf = ({ errorInstance, counterexample }: Failure): string => {
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `${what} for ${fc.stringify(counterexample).slice(0, 600)}`;
};
