import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromHex, formatVerifierKey } from "@lucid/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestService } from "../../packages/block-manager/src/testing/service.ts";
import type { TestService } from "../../packages/block-manager/src/testing/service.ts";
import { testNetwork } from "../../packages/block-manager/src/testing/network.ts";
import { BUILD_TIMEOUT_MS, buildGoProgram, type GoProgram, hasGo } from "../go-program.ts";

const AUDIT_TIMEOUT_MS = 120_000;
const network = testNetwork();
const { log_origin, log_key } = network.genesis;
const logKey = formatVerifierKey({ name: log_origin, type: 0x01, publicKey: fromHex(log_key) });

describe.skipIf(!hasGo)("a running block-manager and independent code", () => {
  let dir: string;
  let interop: GoProgram;
  let service: TestService;
  let secret: string;
  let earlier: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "lucid-audit-"));
    earlier = join(dir, "checkpoint");
    interop = await buildGoProgram(dir, import.meta.dirname);
    const { stdout } = await interop("keygen", "witness.example/go");
    const [secretKey = "", publicKey = ""] = stdout.trim().split("\n");
    secret = secretKey;
    service = await startTestService({ network, settings: { WITNESS_KEYS: publicKey } });
    await service.grow(1);
  }, BUILD_TIMEOUT_MS);
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  const audit = async (): Promise<number> =>
    Number((await interop("audit", service.url, logKey, earlier)).stdout);

  test(
    "golang.org/x/mod and tessera audit it as it grows, each time from where they were",
    async () => {
      expect(await audit()).toBe(1);
      for (const [count, size] of [
        [254, 255],
        [1, 256],
        [1, 257],
        [255, 512],
        [88, 600],
      ] as const) {
        await service.grow(count);
        expect(await audit()).toBe(size);
      }
    },
    AUDIT_TIMEOUT_MS,
  );

  test(
    "and while it grows under their hands",
    async () => {
      const audited = new AbortController();
      const audits = async () => {
        for (let i = 0; i < 3; i++) await audit();
      };
      const auditing = audits().finally(() => audited.abort());
      while (!audited.signal.aborted) await service.grow(3);
      await auditing;
      expect(await audit()).toBeGreaterThan(600);
    },
    AUDIT_TIMEOUT_MS,
  );

  test("they notice a history that is not the one they have seen", async () => {
    const other = testNetwork({ log_key }, "other");
    const seeds = { ...other.seeds, log: network.seeds.log };
    await using forked = await startTestService({ network: { ...other, seeds } });
    await forked.grow(700);
    await expect(interop("audit", forked.url, logKey, earlier)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("consistency") as unknown,
    });
  });

  test("a witness in Go cosigns the checkpoint, which is served with it and holds for Go", async () => {
    const { stdout } = await interop("cosign", service.url, logKey, secret);
    expect(Number(stdout)).toBeGreaterThan(0);
    const served = await (await fetch(`${service.url}/checkpoint`)).text();
    expect(served).toContain("\u2014 witness.example/go ");
    await audit();
  });
});
