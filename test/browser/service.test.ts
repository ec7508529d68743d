import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { startRealService } from "./real-service.ts";
import { openWatchedPage } from "./watched-page.ts";

const panel = (page: Page, name: string) => page.getByRole("region", { name });

describe.skipIf(withoutBrowser)("console on node-management", () => {
  const pages = useConsole();

  it("follows a network from its first node to its first reward", async () => {
    await using service = await startRealService(pages.directory);
    await using opened = await openWatchedPage(pages.browser, service.url);
    const { page, complaints } = opened;
    await page.getByText("lucid node enrol").waitFor();
    await panel(page, "Payouts").getByText("Payouts are not set up").waitFor();

    const nodes = [await service.join("first"), await service.join("second")];
    await page.getByText("of 2 nodes online").waitFor();

    const [first] = nodes;
    const row = page
      .getByRole("row")
      .filter({ has: page.locator(`a[href="/nodes/${first?.nodeId}"]`) });
    const heard = async () => (await row.getByRole("img").getAttribute("aria-label")) ?? "";
    for (const node of nodes) await service.beacon(node);
    await expect.poll(heard, { timeout: 10_000 }).toMatch(/^1 of /);

    const { epoch } = await service.client.call("getNetwork", {});
    const end = (epoch + 1) * 15;
    while (service.slot() < end - 1) {
      await service.goTo(service.slot() + 1);
      for (const node of nodes) await service.beacon(node);
    }
    await service.goTo(end + 2, 1000);
    const ledger = panel(page, "Ledger").locator("tbody");
    await expect.poll(() => ledger.textContent(), { timeout: 15_000 }).toContain(`epoch ${epoch}`);
    expect(complaints).toEqual([]);
  });

  it("proves the first reward by the log of block-manager", async () => {
    await using service = await startRealService(pages.directory);
    const node = await service.join("first");
    const { epoch } = await service.client.call("getNetwork", {});
    const end = (epoch + 1) * 15;
    while (service.slot() < end - 1) {
      await service.beacon(node);
      await service.goTo(service.slot() + 1);
    }
    const owner = (await service.client.call("getNode", { params: { node_id: node.nodeId } }))
      .owner_id;
    await using opened = await openWatchedPage(pages.browser, `${service.url}/owners/${owner}`);
    const { page, complaints } = opened;
    const proof = panel(page, "Statement").getByRole("link", { name: /^block \d+$/ });
    await expect
      .poll(
        async () => {
          await service.goTo(service.slot() + 1, 1000);
          return proof.count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(1);
    await proof.click();
    await page.getByText("✓ It stands in the log. Checked in this browser.").waitFor();
    await expect.poll(() => page.locator(".steps li.good").count()).toBe(6);
    await page.getByRole("link", { name: "Blocks", exact: true }).click();
    await panel(page, "Blocks").locator("tbody tr").nth(10).waitFor();
    expect(complaints).toEqual([]);
  });

  it("serves every page at its own address", async () => {
    await using service = await startRealService(pages.directory);
    const node = await service.join("first");
    await using opened = await openWatchedPage(
      pages.browser,
      `${service.url}/nodes/${node.nodeId}`,
    );
    const { page, complaints } = opened;
    await page.getByText("No epoch of this node is settled yet.").waitFor();
    await panel(page, "Identity").getByRole("link").click();
    await panel(page, "Statement").getByText("No lines in this time.").waitFor();
    await page.reload();
    await panel(page, "Balance").getByText("0.000000 USDT").first().waitFor();
    expect(complaints).toEqual([]);
  });
});
