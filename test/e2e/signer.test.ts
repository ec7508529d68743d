import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressOfKey } from "@lucid/protocol";
import { createRemoteSigner, readSignerStatus } from "@lucid/tron";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  prepareSigner,
  type SignerFolder,
} from "../../packages/tron/src/signer/testing/process.ts";
import { createTestNetwork, type SignerPlace, type TestNetwork, treasuryKey } from "../network.ts";

describe("a network whose key is with a signer of its own", () => {
  const dir = mkdtempSync(join(tmpdir(), "signer-"));
  const address = addressOfKey(treasuryKey);
  let folder: SignerFolder;
  let signer: ReturnType<SignerFolder["start"]>;
  let network: TestNetwork;

  const startSigner = async ({ devnet, networkId, logUrl }: SignerPlace) => {
    folder = prepareSigner(join(dir, "signer"), {
      key: treasuryKey,
      sinceMs: 0,
      settings: {
        NODE_ADDRESS: address,
        SIGNER_NETWORK_ID: networkId,
        SIGNER_LOG_URL: logUrl,
        SIGNER_DELAY_SLOTS: "0",
        SIGNER_MARK_FILE: join(dir, "journal.mark"),
        TRON_NETWORK: "local",
        TRON_ENDPOINTS: devnet.url,
        TRON_TOKEN: devnet.token,
        TRON_GENESIS_BLOCK: devnet.genesisBlockId,
      },
    });
    signer = folder.start();
    await signer.url;
    return createRemoteSigner({ socketPath: folder.socket, address });
  };

  const confirmed = async (): Promise<number> =>
    (await network.client.call("listPayouts", { query: { state: "confirmed" } })).items.length;

  beforeAll(async () => {
    network = await createTestNetwork({
      nodes: ["honest", "honest", "honest"],
      budgetMicro: 60_000_000n,
      signer: startSigner,
    });
  });
  afterAll(async () => {
    await network[Symbol.asyncDispose]();
    signer.signal("SIGTERM");
    await signer.exit;
    rmSync(dir, { recursive: true, force: true });
  });

  test("pays through it, waits while it is gone, and goes on when it is back", async () => {
    await network.passUntil(async () => (await confirmed()) >= 3);
    const before = await readSignerStatus({ socketPath: folder.socket });
    expect(before).toMatchObject({ address, network: "local", endpoints: 1 });
    signer.signal("SIGKILL");
    await signer.exit;
    await network.passUntil(async () => {
      const { items } = await network.client.call("listPayouts", { query: { state: "signed" } });
      return items.some(({ why }) => why.includes("the signer cannot be asked"));
    });
    const paid = await confirmed();
    signer = folder.start();
    await signer.url;
    await network.passUntil(async () => (await confirmed()) > paid);
    const after = await readSignerStatus({ socketPath: folder.socket });
    const used = (after["caps"] as { day_count: { used: number } }).day_count.used;
    expect(used).toBeGreaterThanOrEqual(await confirmed());
  }, 120_000);
});
