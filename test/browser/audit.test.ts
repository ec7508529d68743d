import { describe, expect, it } from "vitest";
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
    const token = await service.token("person", "person_a", "admin");
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
