import { ApiError, type Client } from "@lucid/api/client";
import type { Genesis } from "@lucid/protocol";
import { vi } from "vitest";
import { createTestNode, type TestNode } from "../packages/node-management/src/testing/index.ts";

/** Far longer than a service takes that has only started to seal, on a machine that does other things. */
const CAUGHT_UP_MS = 60_000;

/** Enrols nodes of these names in a network whose slots pass by themselves, with the newest header it has sealed. */
export const enrolLive = async (
  client: Client,
  network: { readonly genesis: Genesis; readonly networkId: string },
  names: readonly string[],
): Promise<TestNode[]> => {
  const nodes = names.map((name) => createTestNode(network, name));
  /** Whether the header was recent enough. */
  const enrol = async (node: TestNode): Promise<boolean> => {
    const { header_hash } = await client.call("getNetwork");
    const body = { network_id: network.networkId, ...node.enrolment({ header_hash }) };
    return client.call("enrolNode", { body }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ApiError && error.code === "enrol.header_hash") return false;
        throw error;
      },
    );
  };
  for (const node of nodes) await vi.waitUntil(() => enrol(node), { timeout: CAUGHT_UP_MS });
  return nodes;
};
