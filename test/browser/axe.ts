import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a page, one line each; through the debugger, since the pages' own policy refuses it. */
export const findBarriers = async (page: Page): Promise<string[]> => {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", {
    expression: `globalThis.axe === undefined && (() => { ${axe} })()`,
  });
  const { result } = await session.send("Runtime.evaluate", {
    expression: "axe.run().then((results) => JSON.stringify(results))",
    awaitPromise: true,
  });
  const { violations } = JSON.parse(String(result.value)) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ""}`),
  );
};
