import { expect, it } from "vitest";
import { createTestClock } from "../clock/index.ts";
import { start } from "./testing/harness.ts";

type Ready = {
  status: unknown;
  detail?: string;
  checks: { name: string; ok: boolean; detail: string }[];
};

const ready = async (url: string): Promise<{ status: number; body: Ready }> => {
  const response = await fetch(`${url}/ready`);
  return { status: response.status, body: (await response.json()) as Ready };
};

it("is up whatever else is wrong", async () => {
  await using service = await start((http) =>
    http.ready("store", () => ({ ok: false, detail: "gone" })),
  );
  expect(await (await fetch(`${service.url}/health`)).json()).toEqual({ status: "up" });
});

it("is ready when every check is, each by name", async () => {
  await using service = await start((http) => {
    http.ready("store", async () => ({ ok: true, detail: "12 documents" }));
    http.ready("chore settle", () => ({ ok: true, detail: "ran 3 s ago" }));
  });
  expect(await ready(service.url)).toEqual({
    status: 200,
    body: {
      status: "ready",
      checks: [
        { name: "store", ok: true, detail: "12 documents" },
        { name: "chore settle", ok: true, detail: "ran 3 s ago" },
      ],
    },
  });
});

it("answers 503 and why when a check fails, throws or does not answer", async () => {
  const clock = createTestClock(0);
  const stuck = Promise.withResolvers<never>();
  await using service = await start(
    (http) => {
      http.ready("store", () => ({ ok: true, detail: "fine" }));
      http.ready("chain", () => Promise.reject(new Error("connection refused")));
      http.ready("disk", () => ({ ok: false, detail: "full" }));
      http.ready("peer", () => {
        void clock.advance(6_000);
        return stuck.promise;
      });
    },
    { deps: { clock } },
  );
  const { status, body } = await ready(service.url);
  expect(status).toBe(503);
  expect(body.detail).toBe(
    "Not ready (chain: connection refused; disk: full; peer: no answer within 5 s).",
  );
  expect(body.checks.map(({ ok }) => ok)).toEqual([true, false, false, false]);
});

it("runs the checks once for callers that ask at the same time", async () => {
  let runs = 0;
  const hold = Promise.withResolvers<void>();
  await using service = await start((http) =>
    http.ready("slow", async () => {
      runs += 1;
      if (runs === 1) await hold.promise;
      return { ok: true, detail: "done" };
    }),
  );
  const first = ready(service.url);
  await expect.poll(() => runs).toBe(1);
  const second = ready(service.url);
  const health = await fetch(`${service.url}/health`);
  expect(health.status).toBe(200);
  hold.resolve();
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
  expect(runs).toBe(1);
});
