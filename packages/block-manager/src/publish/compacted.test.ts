import { encodeAppend } from "@lucid/api";
import { encodeBody, epochOf, epochsOfHeight, sha256, utf8 } from "@lucid/protocol";
import { expect, it } from "vitest";
import { createScene } from "../compact/testing/scene.ts";
import { startTestService } from "../testing/service.ts";

it("bodies of compacted epochs are given as they were sealed, and proven", async () => {
  const { network: founded, blocks } = createScene({ size: 80 });
  const seeds = { ...founded.seeds, token: sha256(utf8("token")) };
  await using service = await startTestService({ network: { ...founded, seeds } });
  const { client, url, clock } = service;
  const slots = blocks.map(({ header, body }) => {
    const { slot, observed, backlog, policy_hash, sealed_at } = header;
    return { slot, observed, backlog, policy_hash, sealed_at, body: encodeBody(body) };
  });
  await client.call("appendBlocks", { body: encodeAppend({ slots }) });
  const { genesis } = founded;
  const first = epochOf(genesis, genesis.first_slot);
  const lastClosed = epochOf(genesis, genesis.first_slot + blocks.length) - 1;
  const isThere = async (path: string): Promise<boolean> => (await fetch(url + path)).ok;
  await expect
    .poll(
      async () => {
        await clock.advance(10_000);
        return (await isThere(`/compact/${lastClosed}`)) && !(await isThere("/body/50"));
      },
      { timeout: 20_000 },
    )
    .toBe(true);

  for (const [height, { body, header }] of blocks.entries()) {
    const params = { block: String(height) };
    const bytes = await client.call("getBlockBody", { params });
    expect(Buffer.from(bytes).equals(encodeBody(body))).toBe(true);
    if (body.length === 0) continue;
    const proof = await client.call("getBlockProof", { params, query: { leaf: body.length - 1 } });
    expect(proof).toMatchObject({ height: header.height, leaf: { index: body.length - 1 } });
  }
  const isCompacted = (height: number): boolean =>
    epochsOfHeight(genesis, height).every((epoch) => epoch <= lastClosed);
  const heights = blocks.filter(({ body }) => body.length > 0).map(({ header }) => header.height);
  for (const height of heights)
    expect([height, await isThere(`/body/${height}`)]).toEqual([height, !isCompacted(height)]);
  const compacted = await client.call("getCompactedEpoch", { params: { epoch: first } });
  const file = await (await fetch(`${url}/compact/${first}`)).arrayBuffer();
  expect(Buffer.from(compacted).equals(Buffer.from(file))).toBe(true);
});
