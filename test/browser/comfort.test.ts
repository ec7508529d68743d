import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leafAddress, nameOfEntry } from "../../packages/console/src/format/leaf-links.ts";
import { findBarriers } from "./axe.ts";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import type { World } from "./fixture/world.ts";
import { createScene, type Scene } from "./scene.ts";

const wide = { width: 1280, height: 720 };
const looks = [
  { look: "light", colorScheme: "light", size: wide },
  { look: "dark", colorScheme: "dark", size: wide },
  { look: "on a tablet", colorScheme: "dark", size: { width: 768, height: 1024 } },
  { look: "on a small screen", colorScheme: "light", size: { width: 320, height: 640 } },
] as const;

const places: readonly (readonly [string, (world: World) => string])[] = [
  ["the network", () => "/"],
  ["all epochs", () => "/epochs"],
  ["an epoch", ({ ledger }) => `/epochs/${ledger[0]?.epoch}`],
  ["all owners", () => "/owners"],
  ["an owner", ({ nodes }) => `/owners/${nodes[3]?.owner_id}`],
  ["a statement", ({ nodes }) => `/owners/${nodes[3]?.owner_id}/statement`],
  ["a node", ({ nodes }) => `/nodes/${nodes[3]?.node_id}`],
  ["all nodes", () => "/nodes"],
  ["nodes that are offline", () => "/nodes?status=offline"],
  ["all payouts", () => "/payouts"],
  ["a payout", ({ payouts }) => `/payouts/${payouts[0]?.payout_id}`],
  ["all pools", () => "/pools"],
  ["a pool", () => "/pools/pool_north"],
  ["all blocks", () => "/blocks"],
  [
    "a leaf",
    ({ ledger }) => leafAddress(ledger[0]?.sealed?.height ?? 0, nameOfEntry(ledger[0]?.key ?? "")),
  ],
];

describe.skipIf(withoutBrowser)("console is comfortable", () => {
  const pages = useConsole();
  let scene: Scene;

  beforeAll(async () => {
    scene = await createScene({ browser: pages.browser, pagesDir: pages.directory });
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  it.each(places)("in every look, on the page of %s", async (_name, pathOf) => {
    await using opened = await scene.open(pathOf(scene.world));
    const { page, complaints } = opened;
    await page.locator(".panel tbody tr").first().waitFor();
    await expect.poll(() => page.getByText("Reading…").count()).toBe(0);
    for (const { look, colorScheme, size } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      expect(await findBarriers(page), look).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${look}: scrolls sideways`).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  it("dark when the system is", async () => {
    const background = async (colorScheme: "light" | "dark") => {
      await using opened = await scene.open("/", { colorScheme });
      return await opened.page.evaluate(
        () => getComputedStyle(document.documentElement).backgroundColor,
      );
    };
    const [light, dark] = [await background("light"), await background("dark")];
    const brightness = (rgb: string) => Number(/\d+/.exec(rgb)?.[0]);
    expect(brightness(light)).toBeGreaterThan(200);
    expect(brightness(dark)).toBeLessThan(50);
  });

  it("from the keyboard alone", async () => {
    await using opened = await scene.open();
    const { page } = opened;
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    await page.locator(".connection", { hasText: "Live" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to content");
    for (const stop of ["Lucid fixture", "Overview", "Nodes"]) {
      await page.keyboard.press("Tab");
      expect(await focused()).toBe(stop);
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Nodes" }).waitFor();
    expect(await focused()).toBe("Nodes");
    expect(await page.title()).toBe("Nodes · Lucid");
  });

  it("with whole ids on the clipboard", async () => {
    await using opened = await scene.open("/", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const id = scene.world.nodes[0]?.node_id ?? "";
    await opened.page.getByRole("button", { name: `Copy node id ${id}` }).click();
    await opened.page.getByText("copied", { exact: true }).waitFor();
    expect(await opened.page.evaluate(() => navigator.clipboard.readText())).toBe(id);
  });

  it("with a field that takes one to an id", async () => {
    await using opened = await scene.open();
    const { page } = opened;
    const field = page.getByRole("textbox", { name: "Go to a node" });
    await field.fill("node_short");
    await field.press("Enter");
    await page.getByText("Enter a whole id of a node").waitFor();
    const id = scene.world.nodes[1]?.node_id ?? "";
    await field.fill(id);
    await field.press("Enter");
    await page.getByRole("heading", { level: 1 }).getByText(id).waitFor();
  });
});
