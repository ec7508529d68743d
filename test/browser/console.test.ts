import { describe, expect, it } from "vitest";
import { formatAmount } from "../../packages/console/src/format/money.ts";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { publish, slotAt } from "./fixture/world.ts";
import { createScene } from "./scene.ts";

describe.skipIf(withoutBrowser)("console shows the network", () => {
  const pages = useConsole();

  const sceneOf = (nodes?: number) =>
    createScene({
      browser: pages.browser,
      pagesDir: pages.directory,
      ...(nodes === undefined ? {} : { nodes }),
    });

  it("with every figure from the service and none from elsewhere", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open();
    const { page, complaints } = opened;
    await page.getByText("10 of 12 nodes online").waitFor();
    await page.getByText("1,234.567890").waitFor();
    const rows = page.locator(".heat-map tbody tr");
    await expect.poll(() => rows.count()).toBe(12);
    expect(await rows.first().getByRole("img").getAttribute("aria-label")).toMatch(
      /^\d+ of \d+ slots heard/,
    );
    const last = scene.world.ledger.at(-1);
    const ledger = page.getByRole("region", { name: "Ledger" });
    const line = ledger.getByRole("row").nth(1);
    await line.getByText(`epoch ${last?.epoch}`).waitFor();
    await expect.poll(() => line.textContent()).toContain(formatAmount(last?.balance_usdt ?? ""));
    expect(await page.locator(".panel-age").allTextContents()).not.toContain("");
    expect(complaints).toEqual([]);
  });

  it("first what needs somebody, with the way there", async () => {
    await using scene = await sceneOf();
    const txid = "0f".repeat(32);
    const why = `waits: two people have to approve it, and ${txid} may have paid it`;
    Object.assign(scene.world.payouts[0] ?? {}, { state: "created", why });
    await using opened = await scene.open();
    const { page, complaints } = opened;
    const matters = page.getByRole("region", { name: "Needs attention" });
    await matters.getByRole("link", { name: "2 nodes offline" }).click();
    await page.getByRole("heading", { level: 1, name: "Nodes" }).waitFor();
    await expect.poll(() => page.getByRole("row").count()).toBe(3);
    await page.goBack();
    await matters.getByRole("link", { name: "1 payout not approved yet" }).click();
    const payouts = page.getByRole("region", { name: "Payouts" });
    await payouts.getByText("two people have to approve it").waitFor();
    await payouts
      .getByRole("link", { name: /^payout_/ })
      .first()
      .click();
    await page.getByRole("region", { name: "How it came here" }).getByText("created").waitFor();
    // A transaction is no block of the log: it has no page here.
    expect(await page.getByTitle(txid).count()).toBe(1);
    expect(await page.getByRole("link").and(page.getByTitle(txid)).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("what is not known, which is not nothing", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open();
    const { page } = opened;
    const matters = page.getByRole("region", { name: "Needs attention" });
    await matters.getByRole("link").first().waitFor();
    expect(await matters.getByText("Not known").count()).toBe(0);
    await page.route("**/api/v1/holds?*", () => undefined);
    await page.reload();
    await matters.getByText("Not known: holds (reading…)").waitFor();
  });

  it("by the service's clock, which is not the browser's", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open();
    const slot = opened.page.getByTestId("slot");
    await slot.waitFor();
    const shown = async () => Number((await slot.textContent())?.replace("Slot ", ""));
    const before = slotAt(scene.world.now());
    const first = await shown();
    expect([before - 1, before, before + 1]).toContain(first);
    await expect.poll(shown, { timeout: 10_000 }).toBeGreaterThan(first);
  });

  it("a hundred and twenty nodes a page at a time", async () => {
    await using scene = await sceneOf(120);
    await using opened = await scene.open("/nodes");
    const { page } = opened;
    const nodes = page.getByRole("region", { name: "Nodes by slot" });
    await nodes.getByText("1–25 of 120").waitFor();
    await nodes.getByRole("button", { name: "Next" }).click();
    await nodes.getByText("26–50 of 120").waitFor();
    const id = scene.world.nodes[25]?.node_id ?? "";
    await nodes.locator(`a[href="/nodes/${id}"]`).waitFor();
    await expect.poll(() => nodes.getByRole("img").count()).toBe(25);
    await page.reload();
    await nodes.getByText("26–50 of 120").waitFor();
    await nodes.getByRole("combobox").selectOption("offline");
    await expect.poll(() => nodes.getByRole("row").count()).toBe(18);
    expect(new URL(page.url()).search).toBe("?status=offline");
    await page.goBack();
    await nodes.getByText("26–50 of 120").waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it("to the end of a list that became shorter", async () => {
    await using scene = await sceneOf(120);
    await using opened = await scene.open("/nodes");
    const nodes = opened.page.getByRole("region", { name: "Nodes by slot" });
    await nodes.getByRole("button", { name: "Last" }).click();
    await nodes.getByText("101–120 of 120").waitFor();
    const [gone] = scene.world.nodes.splice(30);
    publish(scene.world, { type: "node", node_id: gone?.node_id ?? "", standing: "retired" });
    await nodes.getByText("26–30 of 30").waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it("in one piece, unless that takes too long", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open("/epochs");
    const { page } = opened;
    await page.locator("tbody tr").first().waitFor();
    const held = Promise.withResolvers<void>();
    await page.route("**/api/v1/owners?*", async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.getByRole("link", { name: "Owners", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Owners" }).waitFor();
    const panel = page.locator(".panel");
    await page.clock.runFor(300);
    expect(await panel.isVisible()).toBe(false);
    await page.clock.runFor(300);
    expect(await panel.getByText("Reading…").isVisible()).toBe(true);
    held.resolve();
    await page.clock.resume();
    await panel.locator("tbody tr").first().waitFor();
  });

  it("and says what to do where there is nothing yet", async () => {
    await using scene = await sceneOf(0);
    await using opened = await scene.open();
    const text = (name: string) => opened.page.getByRole("region", { name }).textContent();
    await opened.page.getByText("lucid node enrol").waitFor();
    await expect.poll(() => text("Payouts")).toContain("when its balance reaches 10.00 USDT");
    await expect.poll(() => text("Ledger")).toContain("when the first epoch is settled");
  });

  it("a node's score and why", async () => {
    await using scene = await sceneOf();
    const node = scene.world.nodes[0];
    await using opened = await scene.open(`/nodes/${node?.node_id}`);
    const { page } = opened;
    const score = page.getByRole("region", { name: "Score" });
    await score.getByText("recomputed in this browser").waitFor();
    await score.getByText("No stake rule is in force").waitFor();
    await expect.poll(() => score.getByRole("row").count()).toBe(5);
    await page.getByRole("region", { name: "Recent presence" }).getByText("gaps in words").click();
    await page
      .getByText(/slots? \d+.* · no beacon/)
      .first()
      .waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it("an owner's statement with the source of every line", async () => {
    await using scene = await sceneOf();
    const owner = scene.world.payouts[0]?.owner_id;
    await using opened = await scene.open(`/owners/${owner}`);
    const { page } = opened;
    const statement = page.getByRole("region", { name: "Statement" });
    await statement.getByText("The lines add up, recomputed in this browser").waitFor();
    const lines = scene.world.ledger.filter(({ account }) => account === `owner:${owner}`);
    await expect.poll(() => statement.locator("tbody tr").count()).toBe(lines.length);
    await statement.locator("summary").first().click();
    const source = statement.locator("details[open]");
    await expect.poll(() => source.textContent()).toContain("Results root");
    expect(await source.getByRole("link", { name: /node_/ }).getAttribute("href")).toMatch(
      /^\/nodes\/node_/,
    );
    const payout = page.getByRole("region", { name: "Payouts" }).locator("a[href^='https:']");
    expect(await payout.first().getAttribute("rel")).toContain("noreferrer");
    expect(opened.complaints).toEqual([]);
  });

  it("at once that an owner's address is about to change, with ids short to read and whole to copy", async () => {
    await using scene = await sceneOf();
    const [, , , node] = scene.world.nodes;
    await using opened = await scene.open(`/owners/${node?.owner_id}`);
    const notice = opened.page.getByRole("region", { name: /old wallet has not agreed/ });
    await notice.getByText("can take it back").waitFor();
    expect(await notice.textContent()).not.toContain(node?.address);
    await notice
      .getByRole("button", { name: `Copy address ${node?.address}` })
      .first()
      .waitFor();
  });

  it("no node where there is none", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open(`/nodes/node_${"a".repeat(32)}`);
    await opened.page.getByText("This network does not know that node.").waitFor();
  });
});
