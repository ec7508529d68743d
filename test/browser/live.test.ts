import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { publish, slotAt } from "./fixture/world.ts";
import { createScene, settleNext } from "./scene.ts";

const newestLines = (page: Page) =>
  page.getByRole("region", { name: "Ledger" }).locator("tbody").textContent();

const connection = (page: Page, word: string) => page.locator(".connection", { hasText: word });

describe.skipIf(withoutBrowser)("console stays live", () => {
  const pages = useConsole();

  const sceneOf = () => createScene({ browser: pages.browser, pagesDir: pages.directory });

  it("by an event, without being asked to reload", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open();
    await connection(opened.page, "Live").waitFor();
    const epoch = settleNext(scene.world);
    publish(scene.world, {
      type: "ledger",
      account: "owner:any",
      seq: 1,
      kind: "reward",
      amount_usdt: "0.400000",
    });
    // Polling alone would take half a minute.
    await expect
      .poll(() => newestLines(opened.page), { timeout: 8000 })
      .toContain(`epoch ${epoch}`);
    expect(opened.complaints).toEqual([]);
  });

  it("drawing a beacon without asking for anything", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open();
    const { node_id } = scene.world.nodes[0] ?? { node_id: "" };
    const row = opened.page
      .getByRole("row")
      .filter({ has: opened.page.locator(`a[href="/nodes/${node_id}"]`) });
    const marks = row.getByRole("img");
    const heard = () => marks.locator("path.heard").getAttribute("d");
    await connection(opened.page, "Live").waitFor();
    await marks.waitFor();
    const before = await heard();
    const presenceAsked = () =>
      scene.service.asked.filter((path) => path.includes("presence")).length;
    const asked = presenceAsked();
    const slots = [slotAt(scene.world.now()) - 1, slotAt(scene.world.now())];
    for (const slot of slots) publish(scene.world, { type: "beacon", slot, node_id });
    await expect.poll(heard, { timeout: 5000 }).not.toBe(before);
    expect(presenceAsked()).toBe(asked);
  });

  it("by polling where events do not come through", async () => {
    await using scene = await sceneOf();
    scene.service.events = false;
    await using opened = await scene.open();
    await connection(opened.page, "Polling").waitFor();
    const epoch = settleNext(scene.world);
    await expect
      .poll(() => newestLines(opened.page), { timeout: 15_000 })
      .toContain(`epoch ${epoch}`);
  });

  it("and keeps the last answers with their age when the service goes away", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open();
    const { page } = opened;
    await connection(page, "Live").waitFor();
    const lines = await newestLines(page);
    await scene.service.cut();
    await page
      .getByRole("alert")
      .getByText("The service does not answer.")
      .waitFor({ timeout: 20_000 });
    await connection(page, "Disconnected").waitFor();
    expect(await page.getByText("of 12 nodes online").isVisible()).toBe(true);
    expect((await newestLines(page))?.slice(0, 15)).toBe(lines?.slice(0, 15));
    const ages = () => page.locator(".panel-age").first().textContent();
    await expect.poll(ages, { timeout: 10_000 }).toMatch(/\d s ago/);
    await scene.service.restore();
    await connection(page, "Live").waitFor({ timeout: 20_000 });
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  });
});
