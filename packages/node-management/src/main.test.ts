import { randomInt } from "node:crypto";
import { join } from "node:path";
import { createClient, type Client } from "@lucid/api/client";
import { epochOf, slotAt, slotStart } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { createTestNode, testGenesis, testNetwork, type TestNode } from "./testing/index.ts";
import { startServiceProcess } from "./testing/process.ts";
import { createTestFolder } from "./testing/service.ts";

/** A network of one-second slots that began a moment ago. */
const freshNetwork = () => {
  const timing = { slot_ms: 1000, grace_ms: 250, leader_window_ms: 150, slots_per_epoch: 60 };
  const template = testGenesis(timing);
  return testNetwork(testGenesis({ ...timing, first_slot: slotAt(template, Date.now()) }));
};

describe("the program", () => {
  it("ends with a code and a line that names the fix when it cannot start", async () => {
    await using folder = await createTestFolder();
    const service = startServiceProcess(join(folder.path, "nowhere"));
    expect(await service.exit).toBe(4);
    expect(service.lines.at(-1)).toContain("lucid init");
    const misspelt = startServiceProcess(folder.path, { LUCID_DATA_PTAH: "x" });
    expect(await misspelt.exit).toBe(2);
    expect(misspelt.lines.at(-1)).toContain("did you mean LUCID_DATA_PATH");
  });

  it("stops in order when it is told to", async () => {
    await using folder = await createTestFolder(freshNetwork());
    const service = startServiceProcess(folder.path);
    await service.url;
    service.signal("SIGTERM");
    expect(await service.exit).toBe(0);
    expect(service.lines.at(-1)).toContain("stopped");
  });

  it("loses no acknowledged beacon when it is killed", { timeout: 120_000 }, async () => {
    const network = freshNetwork();
    await using folder = await createTestFolder(network);
    const nodes = Array.from({ length: 8 }, (_, i) => createTestNode(network, `killed ${i}`));
    const acknowledged = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const service = startServiceProcess(folder.path);
      const client = createClient({ baseUrl: await service.url });
      await expectAll(client, acknowledged);
      const deadly = acknowledged.size + randomInt(1, 2 * nodes.length);
      const acknowledge = (beacon: string): void => {
        acknowledged.add(beacon);
        if (acknowledged.size === deadly) service.signal("SIGKILL");
      };
      await sendUntilGone({ client, nodes, acknowledge, network });
      expect(await service.exit).toBeNull();
    }
    const last = startServiceProcess(folder.path);
    await expectAll(createClient({ baseUrl: await last.url }), acknowledged);
    last.signal("SIGTERM");
    await last.exit;
    expect(acknowledged.size).toBeGreaterThanOrEqual(3);
  });
});

type Sending = {
  readonly client: Client;
  readonly nodes: readonly TestNode[];
  readonly acknowledge: (beacon: string) => void;
  readonly network: ReturnType<typeof freshNetwork>;
};

/** Enrols, commits and sends a beacon for every slot, until the service does not answer any more. */
const sendUntilGone = async ({ client, nodes, acknowledge, network }: Sending): Promise<void> => {
  const { genesis, networkId } = network;
  const sendOne = async (node: TestNode): Promise<boolean> => {
    const slot = slotAt(genesis, Date.now());
    const body = { network_id: networkId, ...node.enrolment() };
    const steps = [
      () => client.call("enrolNode", { body }),
      () => client.call("commitBeacons", { body: node.commitment(epochOf(genesis, slot)) }),
      async () => {
        await client.call("sendBeacon", { body: node.beacon(slot) });
        acknowledge(`${node.nodeId}/${slot}`);
      },
    ];
    for (const step of steps) {
      const code = await step().then(
        () => "done",
        (error: unknown) => (error as { code: string }).code,
      );
      if (code === "client.unreachable") return false;
    }
    return true;
  };
  for (;;) {
    const answers = await Promise.all(nodes.map(sendOne));
    if (answers.includes(false)) return;
    const slot = slotAt(genesis, Date.now());
    await untilMs(slotStart(genesis, slot + 1));
  }
};

const untilMs = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms - Date.now()));

/** Every acknowledged beacon is among those that the service knows. */
const expectAll = async (client: Client, acknowledged: ReadonlySet<string>): Promise<void> => {
  const { items, from_slot } = await client.call("getPresence", { query: { slots: 120 } });
  const known = items.flatMap(({ node_id, slots }) =>
    slots.split("").flatMap((mark, i) => (mark === "1" ? [`${node_id}/${from_slot + i}`] : [])),
  );
  expect([...acknowledged].filter((beacon) => !known.includes(beacon))).toEqual([]);
};
