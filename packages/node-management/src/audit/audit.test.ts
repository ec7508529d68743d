import { randomBytes } from "node:crypto";
import { createTestClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import type { Http, RequestContext } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { routes, type RouteDefinition } from "@lucid/api";
import { auditLineHash, auditRootOf, epochOf, firstSlotOf, slotStart } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testNetwork } from "../testing/index.ts";
import {
  type Audit,
  auditCollections,
  createAudit,
  createAuditRoots,
  createAuditSource,
  withAudit,
} from "./index.ts";
import { documentToLine } from "./views.ts";

const network = testNetwork();
const { genesis } = network;
const epoch = epochOf(genesis, genesis.first_slot);
const startMs = slotStart(genesis, genesis.first_slot);
const endMs = slotStart(genesis, firstSlotOf(genesis, epoch + 1));
const { signal } = new AbortController();

let stack: AsyncDisposableStack;
let scene: Awaited<ReturnType<typeof open>>;
const open = async () => {
  const documents = stack.use(
    await openDocuments({ engine: "sqlite", path: ":memory:" }, auditCollections),
  );
  const clock = createTestClock(startMs);
  const log = createLog({ level: "silent", name: "test" });
  const deps = { documents, network, clock, log, randomBytes };
  return { clock, documents, audit: createAudit(deps), roots: createAuditRoots(deps) };
};
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  scene = await open();
});
afterEach(() => stack.disposeAsync());

const principal = { kind: "person", id: "person_a", roles: ["admin"] } as const;
const attempt = { operation: "changeStanding", subject: "node_a", principal, requestId: "1" };
const linesOf = async (audit: Audit) => (await audit.list({ limit: 100 })).items;

/** What a feature registers, called as the service would. */
const serve = (audit: Pick<Audit, "begin" | "end">, handler: () => unknown) => {
  let served: (context: RequestContext<RouteDefinition>) => unknown = () => null;
  const http = { route: (_: unknown, given: typeof served) => void (served = given) };
  withAudit(http as unknown as Http, audit).route(
    { ...routes.changeStanding, audit: {} },
    handler as never,
  );
  const context = { principal, requestId: "1", params: { node_id: "node_a" }, body: { a: 1 } };
  return async () => served(context as unknown as RequestContext<RouteDefinition>);
};

describe("a change", () => {
  it("is not made when it cannot be written down first", async () => {
    let changes = 0;
    const full = () => Promise.reject(new Error("full"));
    const ask = serve({ ...scene.audit, begin: full }, () => (changes += 1));
    await expect(ask()).rejects.toThrow("full");
    expect(changes).toBe(0);
  });

  it("that broke is written down as failed, and breaks as before", async () => {
    const ask = serve(scene.audit, () => {
      throw new Error("broke");
    });
    await expect(ask()).rejects.toThrow("broke");
    expect(await linesOf(scene.audit)).toMatchObject([{ outcome: "failed", after: null }]);
  });

  it("stands once it was made, also when its line cannot be completed", async () => {
    const { documents, clock } = scene;
    const log = createLog({ level: "silent", name: "test" });
    const closed = createAudit({ documents, network, clock, log, randomBytes });
    const ask = serve({ ...closed, end: async () => {} }, () => ({ done: true }));
    expect(await ask()).toEqual({ done: true });
    expect(await linesOf(scene.audit)).toMatchObject([{ outcome: "begun", request: '{"a":1}' }]);
  });
});

describe("the root of an epoch", () => {
  it("is fixed once changes on their way had time to end, and covers every line", async () => {
    const { audit, roots, clock } = scene;
    for (const outcome of ["done", "nodes.unknown"]) {
      await clock.advance(1000);
      await audit.end(await audit.begin(attempt), { outcome, after: { x: 1.5, y: null } });
    }
    clock.set(endMs + 29_999);
    await roots.fixDue(signal);
    expect(await roots.get(epoch)).toBeNull();
    clock.set(endMs + 30_000);
    await roots.fixDue(signal);
    const lines = (await linesOf(audit)).toReversed().map(documentToLine);
    expect(await roots.get(epoch)).toMatchObject({
      count: 2,
      root: auditRootOf(lines.map(auditLineHash)),
    });
  });

  it("covers what nobody completed as unknown, and nobody completes it afterwards", async () => {
    const { audit, roots, clock } = scene;
    const line = await audit.begin(attempt);
    clock.set(endMs + 30_000);
    await roots.fixDue(signal);
    await audit.end(line, { outcome: "done" });
    expect(await linesOf(audit)).toMatchObject([{ outcome: "unknown" }]);
  });

  it("is one, whoever fixes it and how often", async () => {
    const { roots, clock, documents } = scene;
    clock.set(endMs + 30_000);
    const other = createAuditRoots({ documents, network, clock, randomBytes });
    await Promise.all([roots.fixDue(signal), other.fixDue(signal), roots.fixDue(signal)]);
    const sealing = { slot: 0, startMs: 0, endMs: clock.now() + 1, closesMs: 0 };
    const source = createAuditSource({ documents });
    const empty = auditRootOf([]);
    expect(await source.collect(sealing)).toEqual([{ epoch, count: 0, root: empty }]);
    await source.mark(7, [{ epoch, count: 0, root: empty }]);
    expect(await source.collect(sealing)).toEqual([]);
  });
});
