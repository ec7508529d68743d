import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { logFiles } from "../../packages/verify/src/testing/index.ts";
import { crowdOf } from "./fixture/crowd.ts";
import { logOf, sealWorld } from "./fixture/log.ts";
import { publish, slotAt } from "./fixture/world.ts";
import { createScene } from "./scene.ts";

const panel = (page: Page, name: string | RegExp) => page.getByRole("region", { name });

describe.skipIf(withoutBrowser)("block explorer", () => {
  const pages = useConsole();

  const sceneOf = () => createScene({ browser: pages.browser, pagesDir: pages.directory });

  it("lists the blocks of the log, and new ones as they come", async () => {
    await using scene = await sceneOf();
    const sealed = sealWorld(scene.world);
    scene.log = logFiles(scene.world.network, sealed.slice(0, -3));
    await using opened = await scene.open("/blocks");
    const { page, complaints } = opened;
    const list = panel(page, "Blocks");
    const newest = list.locator("tbody tr").first().getByRole("link").first();
    await newest.getByText(String(sealed.length - 4), { exact: true }).waitFor();
    await panel(page, "The log").getByText("not by this browser").waitFor();
    await expect.poll(() => list.locator("tbody tr").count()).toBe(25);

    scene.log = logFiles(scene.world.network, sealed);
    publish(scene.world, { type: "slot", slot: slotAt(scene.world.now()), epoch: 1, at: "" });
    await newest.getByText(String(sealed.length - 1), { exact: true }).waitFor();
    await page.reload();
    await panel(page, "The log").getByText(`${sealed.length} blocks; what it shows`).waitFor();

    await list.getByRole("button", { name: "Next" }).click();
    await list.getByText(`26–50 of ${sealed.length}`).waitFor();
    await list.locator("tbody tr").first().getByRole("link").first().click();
    await page.getByRole("heading", { name: `Block ${sealed.length - 26}` }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("shows a block with its leaves, and the way to its neighbours", async () => {
    await using scene = await sceneOf();
    const { sealed } = scene.world.ledger.at(-1) ?? {};
    const height = sealed?.height ?? 0;
    await using opened = await scene.open(`/blocks/${height}`);
    const { page, complaints } = opened;
    await panel(page, "Header").getByText("✓ Signed by the network key").waitFor();
    const leaves = panel(page, "24 leaves");
    await expect.poll(() => leaves.locator("tbody tr").count()).toBe(24);
    await leaves.getByRole("button", { name: "ledger entry 12" }).click();
    await expect.poll(() => leaves.locator("tbody tr").count()).toBe(12);
    await leaves.getByRole("link", { name: "Leaf 12 and its proof" }).press("Enter");
    await panel(page, "Leaf 12").getByText("✓ It stands in the log.").waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    expect(await focused()).toMatch(/^Leaf 12/);
    await page.getByRole("link", { name: `Block ${height + 1} →` }).click();
    await page.getByRole("heading", { name: `Block ${height + 1}` }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("proves the line of a statement, link by link", async () => {
    await using scene = await sceneOf();
    const entry = scene.world.ledger.at(-1);
    const owner = entry?.account.slice("owner:".length) ?? "";
    await using opened = await scene.open(`/owners/${owner}`);
    const { page, complaints } = opened;
    const line = panel(page, "Statement").locator("tbody tr").first();
    await line.getByRole("link", { name: `block ${entry?.sealed?.height}` }).click();
    await page.getByText("✓ It stands in the log. Checked in this browser.").waitFor();
    await expect.poll(() => page.locator(".steps li.good").count()).toBe(6);
    expect(await page.locator(".steps li.bad").count()).toBe(0);
    await expect.poll(() => page.locator(".verbatim").textContent()).toContain(entry?.hash);
    expect(complaints).toEqual([]);
  });

  it("leads from results, epochs and payouts to their leaves", async () => {
    await using scene = await sceneOf();
    const { nodes, ledger, payouts } = scene.world;
    const epoch = ledger.at(-1)?.epoch ?? 0;
    const starts = [
      [`/nodes/${nodes[0]?.node_id}`, "Settled epochs", "epoch_result"],
      [`/epochs/${epoch}`, "Settlement", "epoch_closed"],
      [`/epochs/${epoch}`, "Results", "epoch_result"],
      [`/owners/${payouts[0]?.owner_id}`, "Payouts", "payout"],
      [`/payouts/${payouts[0]?.payout_id}`, "Now", "payout"],
      ["/", "Ledger", "ledger_entry"],
    ] as const;
    for (const [path, from, record] of starts) {
      await using opened = await scene.open(path);
      const { page, complaints } = opened;
      await panel(page, from)
        .getByRole("link", { name: /^block \d+$/ })
        .first()
        .click();
      await page.getByText("✓ It stands in the log.").waitFor();
      await expect
        .poll(() => page.locator(".verbatim").textContent())
        .toContain(`"record": "${record}"`);
      expect(complaints).toEqual([]);
    }
  });

  it("goes to a block by its height and by its hash", async () => {
    await using scene = await sceneOf();
    await using opened = await scene.open("/blocks");
    const { page } = opened;
    const field = page.getByRole("textbox", { name: "Go to" });
    await field.fill("block 7");
    await field.press("Enter");
    const hash = panel(page, "Header").getByRole("button", { name: "Copy header hash" });
    const label = (await hash.getAttribute("aria-label")) ?? "";
    await page.getByRole("link", { name: "Blocks", exact: true }).click();
    await field.fill(label.replace("Copy header hash ", ""));
    await field.press("Enter");
    await page.getByRole("heading", { name: "Block 7", exact: true }).waitFor();
    await page.goto(`${scene.service.url}/blocks/${"ab".repeat(32)}`);
    await page.getByText("No block has this hash.").waitFor();
  });

  it("says so where there is no block", async () => {
    await using scene = await sceneOf();
    for (const [path, words] of [
      ["/blocks/99999", "The log has no block 99999 yet."],
      ["/blocks/none", "“none” is no block."],
      ["/blocks/3?find=payout:payout_unknown", "does not hold what the link asks for"],
      ["/blocks/3?leaf=400", "does not hold what the link asks for"],
    ] as const) {
      await using opened = await scene.open(path);
      await opened.page.getByText(words).waitFor();
      expect(opened.complaints).toEqual([]);
    }
    scene.log = logFiles(scene.world.network, []);
    await using opened = await scene.open("/blocks");
    await opened.page.getByText("No block yet.").waitFor();
    await opened.page.goto(`${scene.service.url}/blocks/0`);
    await opened.page.getByText("The log has no block at all so far.").waitFor();
  });

  it("stays responsive over ten thousand beacons", async () => {
    await using scene = await sceneOf();
    const { files, height, beacons } = crowdOf(scene.world, 10_000);
    scene.log = files;
    await using opened = await scene.open(`/blocks/${height}?leaf=${beacons - 1}`);
    const { page, complaints } = opened;
    await panel(page, `Leaf ${beacons - 1}`)
      .getByText("✓ It stands in the log.")
      .waitFor();
    expect(page.workers(), "a thread of its own checks the log").toHaveLength(1);
    const leaves = panel(page, /^10,\d{3} leaves$/);
    await expect.poll(() => leaves.locator("tbody tr").count()).toBe(50);
    await leaves.getByRole("button", { name: "Next" }).click();
    await leaves.getByText("51–100 of").waitFor();
    expect(complaints).toEqual([]);
  });

  it("rebuilds a block whose epoch was compacted", async () => {
    await using scene = await sceneOf();
    scene.log = logOf(scene.world, { compacted: [scene.world.firstSlot / 15] });
    await using opened = await scene.open("/blocks/3?leaf=0");
    await panel(opened.page, "Leaf 0").getByText("✓ It stands in the log.").waitFor();
  });
});
