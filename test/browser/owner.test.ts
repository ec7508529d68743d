import { signMessage } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import type { TestNode } from "../../packages/node-management/src/testing/network.ts";
import { findBarriers } from "./axe.ts";
import { withoutBrowser } from "./browser.ts";
import { type RealService, startRealService } from "./real-service.ts";
import { useConsole } from "./use-console.ts";
import { openWatchedPage } from "./watched-page.ts";

const ownerOf = async ({ client }: RealService, { nodeId: node_id }: TestNode) =>
  (await client.call("getNode", { params: { node_id } })).owner_id;

describe.skipIf(withoutBrowser)("an owner's page", () => {
  const pages = useConsole();

  it("lets the owner in by the wallet, and nobody else; then the nodes take its commands", async () => {
    await using service = await startRealService(pages.directory);
    const [node, other] = [await service.join("first"), await service.join("second")];
    const address = `${service.url}/owners/${await ownerOf(service, node)}`;
    await using opened = await openWatchedPage(pages.browser, address);
    const { page, complaints } = opened;
    const own = page.getByRole("region", { name: "For this owner" });
    await own.getByText("Is this you?").click();
    await own.getByRole("button", { name: "Show the text to sign" }).click();
    const text = (await own.locator("pre").textContent()) ?? "";
    const answerWith = async (walletKey: string) => {
      await own.getByLabel("Signature").fill(`0x${signMessage(walletKey, text)}`);
      await own.getByRole("button", { name: "Sign in" }).click();
    };
    await answerWith(other.walletKey);
    await own.locator(".refused", { hasText: "signature" }).waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining("40")]);
    await answerWith(node.walletKey);
    await own.getByLabel("Pay me once my balance reaches").waitFor();

    const commands = page.getByRole("region", { name: "Commands" });
    await page.goto(`${service.url}/nodes/${node.nodeId}`);
    await commands.getByRole("button", { name: "restart" }).waitFor();
    await page.goto(`${service.url}/nodes/${other.nodeId}`);
    await page.getByRole("region", { name: "Settled epochs" }).getByText("None yet").waitFor();
    expect(await commands.count()).toBe(0);
    await page.goto(`${service.url}/owners/${await ownerOf(service, other)}`);
    await page.getByRole("region", { name: "Statement" }).getByText("No lines").waitFor();
    expect(await own.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("takes from which balance on the owner wants to be paid", async () => {
    await using service = await startRealService(pages.directory);
    const owner_id = await ownerOf(service, await service.join("first"));
    const threshold = async () =>
      (await service.client.call("getOwner", { params: { owner_id } })).threshold_usdt;
    await using opened = await openWatchedPage(pages.browser, `${service.url}/you`);
    const { page, complaints } = opened;
    const authorization = `Bearer ${await service.token("owner", owner_id, "owner")}`;
    await page.request.post(`${service.url}/api/v1/auth/session`, { headers: { authorization } });
    await page.goto(`${service.url}/owners/${owner_id}`);

    const own = page.getByRole("region", { name: "For this owner" });
    const amount = own.getByLabel("Pay me once my balance reaches");
    const set = async (usdt: string) => {
      await amount.fill(usdt);
      await own.getByRole("button", { name: "Set", exact: true }).click();
    };
    await expect.poll(() => amount.inputValue()).toBe("10.00");
    await set("25,5");
    await own.getByText("write it like 25.50").waitFor();
    await set("10001");
    await own.getByText("more than the 10000.000000 USDT that one payout may be").waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
    expect(await threshold()).toBe("0.000000");

    await set("25.5");
    await page.getByRole("region", { name: "Balance" }).getByText("25.500000").first().waitFor();
    expect(await threshold()).toBe("25.500000");
    expect(await findBarriers(page)).toEqual([]);
    await own.getByRole("button", { name: "Back to the network's 10.00 USDT" }).click();
    await expect.poll(threshold).toBe("0.000000");
    expect(complaints).toEqual([]);
  });
});
