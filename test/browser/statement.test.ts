import { describe, expect, it } from "vitest";
import { formatAmount } from "../../packages/console/src/format/money.ts";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { toIso } from "./fixture/world.ts";
import { createScene } from "./scene.ts";

/** What is left of A4 (210 mm) between margins of 14 mm, at 96 pixels an inch. */
const PAPER_PIXELS = Math.floor(((210 - 2 * 14) / 25.4) * 96);

describe.skipIf(withoutBrowser)("a statement", () => {
  const pages = useConsole();

  it("is made for paper: light, one page wide, and nothing on it but the statement", async () => {
    await using scene = await createScene({ browser: pages.browser, pagesDir: pages.directory });
    const { world } = scene;
    const ownerId = world.nodes[3]?.owner_id ?? "";
    const words = "held since yesterday (cheating): two nodes on one machine. Two people decide.";
    world.holds.push({
      hold_id: `hold_${"a".repeat(26)}`,
      owner_id: ownerId,
      state: "active",
      words,
      reason_code: "cheating",
      reason: "two nodes on one machine",
      held_by: "olga",
      held_at: toIso(world.now()),
      decisions: [],
      ended: null,
      forfeit_usdt: null,
      ledger_key: null,
    });
    await using opened = await scene.open(`/owners/${ownerId}`, {
      colorScheme: "dark",
      viewport: { width: PAPER_PIXELS, height: 1000 },
    });
    const { page, complaints } = opened;
    await page.getByRole("region", { name: "Held payouts" }).getByText(words).waitFor();
    await page.getByRole("link", { name: "to print" }).click();
    await page.getByText(`Payouts ${words}`).waitFor();
    await page.getByText("The lines add up, recomputed in this browser").waitFor();
    const mine = world.ledger.filter(({ account }) => account === `owner:${ownerId}`);
    const entries = page.getByRole("table", { name: "Ledger entries, oldest first" });
    await expect.poll(() => entries.getByRole("row").count()).toBe(mine.length + 1);
    const closing = formatAmount(mine.at(-1)?.balance_usdt ?? "");
    await expect.poll(() => page.locator(".sum").textContent()).toContain(closing);
    const proof = entries.getByRole("link", { name: `block ${mine[0]?.sealed?.height}` }).first();
    expect(await proof.getAttribute("href")).toContain(`hash=${mine[0]?.hash}`);
    const paid = world.payouts.filter(({ owner_id }) => owner_id === ownerId);
    for (const { txid } of paid) if (txid !== null) await page.getByText(txid).first().waitFor();

    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const hidden of [".top", ".foot", ".statement-form"])
      expect(await page.locator(hidden).isVisible(), hidden).toBe(false);
    const paper = await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ink: getComputedStyle(document.body).color,
    }));
    expect(paper).toEqual({ over: 0, ink: "rgb(20, 24, 29)" });
    expect(complaints).toEqual([]);
  });

  it("names its epochs in its address, and gives the same as a table", async () => {
    await using scene = await createScene({ browser: pages.browser, pagesDir: pages.directory });
    const { nodes, ledger } = scene.world;
    const ownerId = nodes[3]?.owner_id ?? "";
    const epoch = ledger[0]?.epoch ?? 0;
    await using opened = await scene.open(`/owners/${ownerId}/statement`);
    const { page } = opened;
    await page.getByLabel("From epoch").fill(String(epoch));
    await page.getByLabel("to epoch").fill(String(epoch + 1));
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("heading", { name: `Epochs ${epoch} to ${epoch + 1}` }).waitFor();
    expect(page.url()).toContain(`?epoch=${epoch}&to_epoch=${epoch + 1}`);
    expect(await page.getByRole("link", { name: "CSV" }).getAttribute("href")).toBe(
      `/api/v1/owners/${ownerId}/statement.csv?epoch=${epoch}&to_epoch=${epoch + 1}`,
    );
  });
});
