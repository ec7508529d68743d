import { createTokens } from "@lucid/platform/http";
import { fromHex } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { testTokenKey } from "../../packages/node-management/src/testing/service.ts";
import { findBarriers } from "./axe.ts";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { startRealService } from "./real-service.ts";
import { openWatchedPage } from "./watched-page.ts";

describe.skipIf(withoutBrowser)("the audit page", () => {
  const pages = useConsole();
  it("is for who signed in, keeps the token from every page, and forgets it", async () => {
    await using service = await startRealService(pages.directory);
    const node = await service.join("first");
    const { network_id: issuer } = await service.client.call("getNetwork", {});
    const now = () => service.nowMs();
    const tokens = createTokens({ key: fromHex(testTokenKey), issuer, clock: { now } });
    const principal = { kind: "person", id: "person_a", roles: ["admin"] } as const;
    const { token } = await tokens.issue(principal, 3_600_000);
    await fetch(`${service.url}/api/v1/nodes/${node.nodeId}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${token}` },
    });

    await using opened = await openWatchedPage(pages.browser, `${service.url}/audit`);
    const { page, complaints } = opened;
    await page.getByLabel("Token").fill(token);
    await page.getByRole("button", { name: "Sign in" }).click();
    const trail = page.getByRole("region", { name: "Who changed what" });
    await trail.getByText(/standing_reason: demo → retired/).waitFor();
    await trail.getByTitle(node.nodeId).first().waitFor();
    expect(await findBarriers(page)).toEqual([]);

    const seen = await page.evaluate(() => [
      document.cookie,
      JSON.stringify(Object.entries(localStorage)),
    ]);
    expect(seen).toEqual(["", "[]"]);
    const forged = await page.evaluate(async () => {
      const answer = await fetch("/api/v1/auth/session", { method: "DELETE" });
      return ((await answer.json()) as { code: string }).code;
    });
    expect(forged).toBe("access.csrf");
    expect(complaints.splice(0)).toEqual([expect.stringContaining("403")]);

    await page.reload();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Token").waitFor();
    expect(complaints).toEqual([]);
  });
});
