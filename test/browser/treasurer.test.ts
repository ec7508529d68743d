import { extname, join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDecisionWorld } from "../../packages/node-management/src/testing/decision-world.ts";
import { servePayer } from "../../packages/node-management/src/testing/serve-payer.ts";
import { issueToken } from "../../packages/agent/src/index.ts";
import { testSeed } from "../../packages/node-management/src/testing/network.ts";
import { findBarriers } from "./axe.ts";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";

const MANUAL = { rules: { mode: "manual", oversight_above_micro: "15000000" } } as const;

describe.skipIf(withoutBrowser)("a payout's page", () => {
  const pages = useConsole();

  /** The payer serves no pages: they come from where they were built. */
  const open = async (url: string, path: string): Promise<Page> => {
    const page = await pages.browser.newPage({ baseURL: url });
    await page.route(
      ({ pathname }) => !pathname.startsWith("/api/"),
      (route) => {
        const { pathname } = new URL(route.request().url());
        const file = extname(pathname) === "" ? "index.html" : pathname;
        return route.fulfill({ path: join(pages.directory, file) });
      },
    );
    await page.goto(path);
    return page;
  };
  const signIn = async (page: Page, name: string) => {
    const { token, principal } = await issueToken(new URL(page.url()).origin, testSeed(name));
    const headers = { authorization: `Bearer ${token}` };
    const answer = await page.request.post("/api/v1/auth/session", { headers });
    expect(answer.status()).toBeLessThan(300);
    await page.reload();
    return principal.id;
  };

  it("takes what two treasurers decide, each with a reason, and asks nobody else", async () => {
    await using world = await openDecisionWorld(20, { chain: "in memory", ...MANUAL });
    await using served = await servePayer(world, ["ann", "bob"]);
    const { id: payout_id } = await world.first();
    const page = await open(served.url, `/payouts/${payout_id}`);
    const now = page.getByRole("region", { name: "Now" });
    await now.getByText("two people have to approve").waitFor();
    const approve = now.getByRole("button", { name: "Approve 19.800000 USDT" });
    expect(await approve.count()).toBe(0);
    for (const name of ["ann", "bob"]) {
      const id = await signIn(page, name);
      await now.getByLabel("Reason").fill("looked at it");
      await approve.click();
      await page.getByRole("row", { name: "approves it" }).getByTitle(id).waitFor();
    }
    expect(await findBarriers(page)).toEqual([]);
    await world.runs(3);
    const params = { payout_id };
    expect(await served.as("ann").call("getPayout", { params })).toMatchObject({
      state: "confirmed",
      decisions: [{ act: "approve", reason: "looked at it" }, { act: "approve" }],
    });
    await page.context().close();
  });
});
