import { type SignedCheckpoint, toHex } from "@lucid/protocol";
import { describe, expect, test } from "vitest";
import { network, openLog, sealedSlots } from "../append/testing/scene.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { type Disk, DiskError } from "../disk/index.ts";
import { fsck } from "../fsck/index.ts";
import { compactedLog } from "../fsck/testing/scenes.ts";
import { logSignatureIn } from "../store/index.ts";
import { copyLog, type CopyLogOptions } from "./copy-log.ts";

const { genesis } = network;
const sizes = [3, 255, 256, 259, 300];

/** A log that grew in these steps, and the checkpoint of each. */
const growing = async () => {
  const machine = createCrashMachine();
  const disk = machine.disk();
  const { store, appender } = await openLog(disk);
  await using _ = store;
  const checkpoints: SignedCheckpoint[] = [];
  let from = 0;
  for (const size of sizes) {
    await appender.append(sealedSlots(from, size - from, 50));
    const { root, note } = store.head();
    checkpoints.push({ size, root: toHex(root), signature: String(logSignatureIn(genesis, note)) });
    from = size;
  }
  return { disk: disk.folder("log"), checkpoints };
};

const copied = async (source: Disk, options: Partial<CopyLogOptions> = {}) => {
  const target = createCrashMachine().disk();
  const log = await copyLog(source, target, {
    genesis,
    acknowledged: null,
    mostBlocks: null,
    ...options,
  });
  return { target, log };
};

test("a copy ends at any checkpoint that the service acknowledged, and is a whole log there", async () => {
  const { disk, checkpoints } = await growing();
  for (const acknowledged of checkpoints) {
    const { target, log } = await copied(disk, { acknowledged, mostBlocks: acknowledged.size });
    expect(log?.size).toBe(acknowledged.size);
    expect(await fsck(target, { networkId: network.networkId })).toMatchObject({
      clean: true,
      size: acknowledged.size,
    });
  }
});

test("the published checkpoint is taken while the store has sealed as much", async () => {
  const { disk, checkpoints } = await growing();
  const [acknowledged = null] = checkpoints;
  const { log } = await copied(disk, { acknowledged, mostBlocks: 301 });
  expect(log?.size).toBe(300);
});

test("a log of more blocks than its store has sealed does not belong to it", async () => {
  const { disk } = await growing();
  await expect(copied(disk, { mostBlocks: 10 })).rejects.toMatchObject({
    code: "store.checkpoint",
  });
});

test("what an earlier copy holds is not read again", async () => {
  const { disk, checkpoints } = await growing();
  const earlier = (await copied(disk, { acknowledged: checkpoints[2] ?? null, mostBlocks: 256 }))
    .target;
  const target = createCrashMachine().disk();
  const reuse = async (path: string, bytes: number) => {
    if ((await earlier.size(path)) !== bytes) return false;
    await target.write([{ path, bytes: (await earlier.read(path)) ?? new Uint8Array() }]);
    return true;
  };
  const log = await copyLog(disk, target, { genesis, acknowledged: null, mostBlocks: null, reuse });
  expect(log?.reused).toBeGreaterThan(5);
  expect(await fsck(target)).toMatchObject({ clean: true, size: 300 });
});

describe("a log whose bodies are compacted meanwhile", () => {
  test("is copied without them", async () => {
    const files = compactedLog();
    const disk = createCrashMachine(files).disk();
    const document = JSON.parse(new TextDecoder().decode(files.get("network.json"))) as never;
    const { target } = await copied(disk, { genesis: document });
    expect(await fsck(target)).toMatchObject({ clean: true, size: 44 });
  });

  test("is read again when a body goes between two looks", async () => {
    const { disk } = await growing();
    let isGone = false;
    const source: Disk = {
      ...disk,
      read: async (path) => {
        if (path !== "body/50" || isGone) return disk.read(path);
        isGone = true;
        return null;
      },
    };
    expect((await copied(source)).log?.size).toBe(300);
    expect(isGone).toBe(true);
  });
});

test("a full disk leaves no checkpoint, and the next try goes on", async () => {
  const { disk } = await growing();
  const machine = createCrashMachine();
  const options = { genesis, acknowledged: null, mostBlocks: null };
  machine.failOnce(12, new DiskError("disk.full", "body", "no room left"));
  await expect(copyLog(disk, machine.disk(), options)).rejects.toMatchObject({ code: "disk.full" });
  expect(machine.files().has("checkpoint")).toBe(false);
  await copyLog(disk, machine.disk(), options);
  expect(await fsck(machine.disk())).toMatchObject({ clean: true, size: 300 });
});

test("where no log has begun there is nothing to copy", async () => {
  expect((await copied(createCrashMachine().disk())).log).toBeNull();
});
