import { createClient } from "@lucid/api/client";
import { describe, expect, it } from "vitest";
import { findBarriers } from "./axe.ts";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { startRealService } from "./real-service.ts";
import { openWatchedPage } from "./watched-page.ts";

describe.skipIf(withoutBrowser)("a node's page", () => {
  const pages = useConsole();

  it("shows an operator how the machine does, takes commands, and shows them and maintenance to whom it concerns", async () => {
    await using service = await startRealService(pages.directory);
    const node = await service.join("first");
    const nodeToken = await service.token("node", node.nodeId, "node");
    const asNode = createClient({ baseUrl: service.url, token: () => nodeToken });
    const params = { node_id: node.nodeId };
    const samples = Array.from({ length: 10 }, (_, i) => ({
      at: new Date(service.nowMs() - i * 60_000).toISOString(),
      cpu_bp: 3000 + i * 500,
      memory: { used_bytes: 6_000_000_000, total_bytes: 8_000_000_000 },
      network: { received_bps: 1_000_000, sent_bps: 200_000 },
      unknown: [{ metric: "disk" as const, reason: "not mounted" }],
    }));
    await asNode.call("setThresholds", { params, body: { cpu_bp: 2000, for_seconds: 60 } });
    await asNode.call("sendResources", { params, body: { samples } });
    const from_slot = service.slot() + 2;
    const body = { from_slot, to_slot: from_slot + 1 };
    await asNode.call("announceMaintenance", { params, body });

    const address = `${service.url}/nodes/${node.nodeId}`;
    await using opened = await openWatchedPage(pages.browser, address);
    const { page, complaints } = opened;
    await page
      .getByRole("region", { name: "Announced maintenance" })
      .getByText("◐ announced")
      .waitFor();
    expect(await page.getByRole("region", { name: "Commands" }).count()).toBe(0);

    const admin = await service.token("person", "person_a", "admin");
    await page.goto(`${service.url}/audit`);
    await page.getByLabel("Token").fill(admin);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    await page.goto(address);
    const machine = page.getByRole("region", { name: "The machine" });
    await machine.getByText("30.00 %").waitFor();
    await machine.getByText("1.2 Mbit/s").waitFor();
    const commands = page.getByRole("region", { name: "Commands" });
    await commands.getByRole("button", { name: "stop", exact: true }).click();
    await commands.getByText("It goes with the reply to the node's next beacon.").waitFor();
    await page.goto(service.url);
    const matters = page.getByRole("region", { name: "Needs attention" });
    await matters.getByText("Processors 20.00 % or more").waitFor();
    await matters.getByRole("link", { name: "stop: queued, not run yet" }).click();
    await commands.getByText("queued").waitFor();
    await asNode.call("pollCommands", { params, body: { done: [] } });
    await commands.getByText("◐ delivered").waitFor({ timeout: 10_000 });
    expect(await findBarriers(page)).toEqual([]);
    const standing = page.getByRole("region", { name: "Standing" });
    const reason = standing.getByLabel("Reason");
    await reason.fill("Its clock is off!");
    expect(await reason.evaluate((input: HTMLInputElement) => input.validity.patternMismatch)).toBe(
      true,
    );
    await reason.fill("clock off");
    await standing.getByRole("button", { name: "Suspend" }).click();
    const from = service.slot() + 1;
    await standing.getByText(`active, suspended from slot ${from} on`).waitFor();
    expect(await asNode.call("getNode", { params })).toMatchObject({
      standing_reason: "clock_off",
      standing_from_slot: from,
    });
    await page.setViewportSize({ width: 360, height: 800 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});
