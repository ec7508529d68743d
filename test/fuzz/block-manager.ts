import { toHex } from "@lucid/protocol";
import { fsck, openDisk } from "../../packages/block-manager/src/index.ts";
import { startTestService } from "../../packages/block-manager/src/testing/service.ts";
import { join } from "node:path";
import { createTokenOf, type FuzzWorld } from "./world.ts";

/** block-manager with a log that has blocks. */
export const openBlockManager = async (): Promise<FuzzWorld> => {
  const test = await startTestService({ passed: 40 });
  await test.grow(40);
  const { items } = await test.client.call("listBlocks", {});
  const { clock, network } = test;
  const hashes = items.map(({ header_hash }) => header_hash);
  const names = { block: ["0", "7", "39", ...hashes], path: ["0/000", "x001/000", "5"] };
  const { networkId, seeds } = network;
  return {
    url: test.url,
    names,
    tokenOf: createTokenOf(toHex(seeds.token), { networkId, clock, names }),
    breathe: async () => {
      await clock.advance(60_000);
      // Its log is as long as the time that has passed: nothing is behind that nobody broke.
      await test.grow(Math.floor(60_000 / network.genesis.slot_ms));
    },
    wrong: async () => {
      const { findings } = await fsck(await openDisk(join(test.folder, "log")));
      return findings.map((finding) => `the log: ${JSON.stringify(finding)}`);
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
};
