import {
  ed25519PublicKey,
  fromHex,
  type SignedCheckpoint,
  checkpointText,
  signNote,
  toHex,
} from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testSeed, type TestNode } from "../testing/index.ts";
import { startTestService, type TestService } from "../testing/service.ts";

let service: TestService;
let node: TestNode;
beforeEach(async () => {
  service = await startTestService();
  node = await service.join("a");
});
afterEach(() => service[Symbol.asyncDispose]());

const first = () => service.network.genesis.first_slot;
const latest = () => service.publicLog.headers.length;

const headOf = (size: number, seed = testSeed("log")): SignedCheckpoint => {
  const origin = service.network.genesis.log_origin;
  const root = "ab".repeat(32);
  const text = checkpointText({ origin, size, root: fromHex(root, 32) });
  const { signature } = signNote(text, { name: origin, seed });
  return { size, root, signature: toHex(signature) };
};

/** A beacon in the next slot; the slots before it are sealed by then. */
const beat = async (slot: number, seen?: SignedCheckpoint) => {
  await service.goTo(slot, 900);
  return service.client.call("sendBeacon", {
    body: { ...node.signedBeacon(slot), ...(seen !== undefined && { seen }) },
  });
};
const lastRequest = () => service.publicLog.requests.at(-1);

describe("a beacon", () => {
  it("takes the latest checkpoint home, which the log's key has signed", async () => {
    await beat(first() + 1);
    const { checkpoint } = await beat(first() + 4);
    expect(checkpoint?.size).toBe(latest());
    expect(toHex(ed25519PublicKey(testSeed("log")))).toBe(service.network.genesis.log_key);
    const again = await beat(first() + 5, checkpoint ?? undefined);
    expect(again.checkpoint?.size).toBe((checkpoint?.size ?? 0) + 1);
  });

  it("brings a larger one, which goes to block-manager with the next append", async () => {
    await beat(first() + 1, headOf(1000));
    await service.goTo(first() + 3, 900);
    expect(lastRequest()?.seen).toEqual(headOf(1000));
  });

  it.each([
    ["that the log's key has not signed", () => headOf(1000, testSeed("network"))],
    ["with another signature", () => ({ ...headOf(1000), signature: headOf(999).signature })],
  ])("brings nothing by one %s, and counts all the same", async (_, forged) => {
    expect(await beat(first() + 1, forged())).toMatchObject({ verdict: "accepted" });
    await service.goTo(first() + 3, 900);
    expect(lastRequest()?.seen?.size ?? 0).toBeLessThan(1000);
  });

  it("brings nothing when it is not accepted itself", async () => {
    await service.goTo(first() + 1, 900);
    const forged = { ...node.signedBeacon(first() + 1), reveal: "00".repeat(32) };
    const sent = service.client.call("sendBeacon", { body: { ...forged, seen: headOf(1000) } });
    await expect(sent).rejects.toMatchObject({ code: "beacons.wrong_reveal" });
    await service.goTo(first() + 3, 900);
    expect(lastRequest()?.seen?.size ?? 0).toBeLessThan(1000);
  });
});
