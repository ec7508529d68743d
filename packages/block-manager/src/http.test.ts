import { blockRoutes, encodeAppend, logFileRoutes } from "@lucid/api";
import { createBlockClient } from "@lucid/api/client";
import { concat, createBody, encodeBody, utf8 } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { postSlots, refusalOf, startTestService, testToken } from "./testing/service.ts";
import { testBeacons, testSlot, testSlots } from "./testing/slots.ts";

type Problem = { status: number; code: string; detail: string } & Record<string, unknown>;
const problemOf = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;

describe("operations", () => {
  it("are each there, whatever they answer", async () => {
    await using service = await startTestService();
    await service.grow(1);
    for (const { method, path } of Object.values({ ...blockRoutes, ...logFileRoutes })) {
      const filled = path.replace(":block", "0").replace(":epoch", "0").replace("*", "0");
      const answer = await fetch(service.url + filled, { method });
      const { code } = answer.ok ? { code: "" } : await problemOf(answer);
      expect([path, code]).not.toEqual([path, "request.not_found"]);
      expect([path, answer.status]).not.toEqual([path, 500]);
    }
  });

  it("let only services append, in this network", async () => {
    await using service = await startTestService();
    const { network, url, clock } = service;
    const slots = testSlots(network.genesis, 0, 1);
    const body = encodeAppend({ slots });
    const callAs = async (token?: string) => {
      const client = createBlockClient({ baseUrl: url, token: () => token });
      const validated = await refusalOf(client.call("validateBlocks", { body }));
      const appended = await refusalOf(client.call("appendBlocks", { body }));
      return validated === appended ? appended : [validated, appended];
    };
    expect(await callAs()).toBe("401 access.unauthenticated");
    for (const role of ["admin", "operator", "node", "auditor"] as const)
      expect(await callAs(await testToken(network, role, clock))).toBe("403 access.forbidden");
    const other = { ...network, networkId: "ab".repeat(32) };
    expect(await callAs(await testToken(other, "service", clock))).toBe(
      "401 access.unauthenticated",
    );
    expect(await callAs(await testToken(network, "service", clock))).toBe("200");
  });
});

describe("appending", () => {
  it("finds what stands, and stores nothing that is only to be validated", async () => {
    await using service = await startTestService();
    const { client, network } = service;
    const bodyOf = (from: number, count: number) =>
      encodeAppend({ slots: testSlots(network.genesis, from, count) });
    const validated = await client.call("validateBlocks", { body: bodyOf(0, 3) });
    expect((await client.call("getChain")).size).toBe(0);
    const appended = await client.call("appendBlocks", { body: bodyOf(0, 3) });
    expect(appended.blocks).toEqual(validated.blocks);
    const again = await client.call("appendBlocks", { body: bodyOf(1, 3) });
    expect(again.blocks.slice(0, 2)).toEqual(appended.blocks.slice(1));
    const { size, latest, checkpoint } = await client.call("getChain");
    expect([size, latest]).toEqual([4, again.blocks.at(-1)]);
    expect(again.checkpoint).toMatchObject({ size: 4, note: checkpoint });
  });

  it("refuses with a code, and with what a sender needs to go on", async () => {
    await using service = await startTestService();
    await service.grow(3);
    const { network, url, clock } = service;
    const { genesis } = network;
    const token = await testToken(network, "service", clock);
    const send = async (request: Parameters<typeof postSlots>[2]) =>
      problemOf(await postSlots(`${url}/api/v1/blocks`, token, request));
    const next = genesis.first_slot + 3;
    expect(await send({ slots: [testSlot(genesis, next + 1)] })).toMatchObject({
      status: 409,
      code: "blocks.order",
      expected_slot: next,
    });
    expect(await send({ slots: [testSlot(genesis, next - 1, { beacons: 9 })] })).toMatchObject({
      status: 409,
      code: "blocks.conflict",
      slot: next - 1,
    });
    const broken = concat(encodeBody(createBody(testBeacons(next, 2))), utf8("\0\0\0\x01\x09"));
    expect(await send({ slots: [testSlot(genesis, next, { body: broken })] })).toMatchObject({
      status: 422,
      code: "blocks.body",
      slot: next,
      leaf: 2,
    });
    expect(await send({ slots: [testSlot(genesis, next, { sealed_at: 1 })] })).toMatchObject({
      status: 422,
      code: "blocks.header",
      slot: next,
    });
    expect(await send(utf8("nonsense"))).toMatchObject({ status: 422, code: "blocks.request" });
    const seen = { size: 9, root: "00".repeat(32), signature: "00".repeat(64) };
    expect(await send({ seen, slots: [testSlot(genesis, next)] })).toMatchObject({
      status: 422,
      code: "log.seen",
    });
    expect((await service.client.call("getChain")).size).toBe(3);
  });

  it("is not for a block-manager that follows", async () => {
    await using service = await startTestService({ settings: { BLOCK_MANAGER_MODE: "follow" } });
    const body = encodeAppend({ slots: testSlots(service.network.genesis, 0, 1) });
    expect(await refusalOf(service.client.call("appendBlocks", { body }))).toBe(
      "409 log.following",
    );
    expect((await fetch(`${service.url}/checkpoint`)).status).toBe(404);
    expect(await service.client.call("getChain")).toMatchObject({ size: 0, mode: "follow" });
  });
});

describe("blocks", () => {
  it("are found by height and by header hash", async () => {
    await using service = await startTestService();
    expect(await refusalOf(service.client.call("getLatestBlock"))).toBe("404 blocks.unknown");
    await service.grow(5);
    const { client } = service;
    const latest = await client.call("getLatestBlock");
    expect(latest.height).toBe(4);
    const block = latest.header_hash;
    expect(await client.call("getBlock", { params: { block } })).toEqual(latest);
    expect(await client.call("getBlock", { params: { block: "4" } })).toEqual(latest);
    const unknown = { params: { block: "ab".repeat(32) } };
    expect(await refusalOf(client.call("getBlock", unknown))).toBe("404 blocks.unknown");
    const bodyBytes = await client.call("getBlockBody", { params: { block } });
    const { genesis } = service.network;
    expect(bodyBytes).toEqual(testSlot(genesis, genesis.first_slot + 4).body);
    for (const wrong of ["05", "-1", "AB".repeat(32), "1e1", "latest "])
      expect(await refusalOf(client.call("getBlock", { params: { block: wrong } }))).toBe(
        "422 request.invalid",
      );
  });

  it("are listed by page, range and direction", async () => {
    await using service = await startTestService();
    await service.grow(7);
    const heightsOf = async (query: NonNullable<Parameters<typeof listed>[0]>) =>
      (await listed(query)).items.map(({ height }) => height);
    const listed = (query: {
      page?: number;
      limit?: number;
      height_from?: number;
      height_to?: number;
      sort?: "asc" | "desc";
    }) => service.client.call("listBlocks", { query });
    expect(await heightsOf({})).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(await heightsOf({ sort: "asc", limit: 3, page: 3 })).toEqual([6]);
    expect(await heightsOf({ limit: 3, page: 2 })).toEqual([3, 2, 1]);
    expect(await heightsOf({ height_from: 2, height_to: 4 })).toEqual([4, 3, 2]);
    expect(await heightsOf({ height_from: 5, sort: "asc" })).toEqual([5, 6]);
    expect(await heightsOf({ height_from: 50 })).toEqual([]);
    expect(await heightsOf({ page: 9 })).toEqual([]);
    expect((await listed({ height_to: 3, limit: 3 })).pagination).toMatchObject({
      total: 4,
      total_pages: 2,
      has_next: true,
      has_prev: false,
    });
  });
});

describe("the service", () => {
  it("says how far it is behind", async () => {
    await using service = await startTestService({ passed: 40 });
    const behind = await problemOf(await fetch(`${service.url}/ready`));
    expect([behind.status, behind.detail]).toEqual([
      503,
      expect.stringContaining("40 slots behind"),
    ]);
    await service.grow(40);
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
  });

  it("measures what it does", async () => {
    await using service = await startTestService();
    await service.grow(3);
    await service.clock.advance(6000);
    const text = await (await fetch(service.service.metricsUrl)).text();
    for (const line of [
      "lucid_log_blocks 3",
      "lucid_appended_blocks_total 3",
      "lucid_appended_leaves_total 6",
      "lucid_append_seconds_count 1",
      "lucid_checkpoint_signatures 1",
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/^lucid_append_lag_slots 99[0-9]$/m);
    expect(text).toMatch(/^lucid_log_disk_free_bytes [1-9]/m);
  });
});
