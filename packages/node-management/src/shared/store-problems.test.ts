import { errorTable, routes } from "@lucid/api";
import { systemClock } from "@lucid/platform/clock";
import { DocumentsError } from "@lucid/platform/documents";
import { createHttp } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { describe, expect, it } from "vitest";
import { withStoreProblems } from "./store-problems.ts";

/** What a caller gets whose request ended in this error. */
const answerTo = async (error: Error) => {
  await using http = createHttp(
    {
      log: createLog({ level: "silent", name: "test" }),
      metrics: createMetrics(),
      clock: systemClock,
      errors: errorTable,
      authenticate: () => ({ code: "access.unauthenticated", detail: "nobody may" }),
    },
    { info: { title: "test", version: "0", description: "test" } },
  );
  withStoreProblems(http).route(routes.listPolicies, async () => {
    throw error;
  });
  const { url } = await http.listen({ host: "127.0.0.1", port: 0 });
  const answer = await fetch(`${url}/api/v1/policies`);
  const { code } = (await answer.json()) as { code: string };
  return `${answer.status} ${code} ${answer.headers.get("retry-after")}`;
};

describe("a store that cannot take a write", () => {
  it("is answered with 503 and when to come back", async () => {
    const full = new DocumentsError("documents.full", "No room left for documents");
    expect(await answerTo(full)).toBe("503 service.unavailable 1");
  });

  it("is told from a mistake of ours", async () => {
    const invalid = new DocumentsError("documents.invalid", "A document does not fit");
    expect(await answerTo(invalid)).toBe("500 internal null");
  });
});
