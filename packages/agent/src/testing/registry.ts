import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import {
  checkEnrolment,
  networkId,
  NO_HEADER_HASH,
  type Enrolment,
  type Genesis,
} from "@lucid/protocol";

export type TestRegistry = AsyncDisposable & {
  readonly url: string;
  /** Enrolments that were accepted. */
  readonly enrolled: Enrolment[];
  headerHash: string;
  /** Answers once with a newer header hash, as when a block is sealed meanwhile. */
  sealDuringNextEnrolment(): void;
  claimedNetworkId: string;
};

/** The enrolling part of a service behind real HTTP, which judges by the protocol's own rules. */
export const createTestRegistry = async (genesis: Genesis): Promise<TestRegistry> => {
  let sealNext = false;
  const enrol = (body: Record<string, unknown>): [number, object] => {
    if (sealNext) {
      sealNext = false;
      registry.headerHash = "11".repeat(32);
    }
    const { network_id: _, ...enrolment } = body;
    const verdict = checkEnrolment(genesis, networkId(genesis), enrolment as Enrolment, {
      headerHashes: new Set([registry.headerHash]),
    });
    if (!verdict.ok) {
      const status = verdict.code === "header_hash" ? 409 : 422;
      return [
        status,
        { status, code: `enrol.${verdict.code}`, title: "no", detail: verdict.detail },
      ];
    }
    registry.enrolled.push(enrolment as Enrolment);
    return [201, view(verdict.nodeId, verdict.ownerId, registry.enrolled.at(-1))];
  };
  const view = (nodeId: string, ownerId: string, enrolment: Enrolment | undefined) => ({
    node_id: nodeId,
    owner_id: ownerId,
    address: enrolment?.address,
    standing: "pending",
  });
  const answer = async (request: IncomingMessage): Promise<[number, object]> => {
    if (request.method === "POST") return enrol(await readJson(request));
    if (request.url === "/api/v1/network")
      return [
        200,
        {
          network_id: registry.claimedNetworkId,
          genesis,
          policy: { admission: "approval" },
          header_hash: registry.headerHash,
          server_time: new Date().toISOString(),
        },
      ];
    const known = registry.enrolled.at(-1);
    if (known === undefined)
      return [404, { status: 404, code: "nodes.unknown", title: "no", detail: "no" }];
    const verdict = checkEnrolment(genesis, networkId(genesis), known, {
      headerHashes: new Set([known.header_hash]),
    });
    if (!verdict.ok) throw new Error(verdict.detail);
    return [200, view(verdict.nodeId, verdict.ownerId, known)];
  };
  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const registry: TestRegistry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    enrolled: [],
    headerHash: NO_HEADER_HASH,
    sealDuringNextEnrolment: () => {
      sealNext = true;
    },
    claimedNetworkId: networkId(genesis),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return registry;
};

const readJson = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  return JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
};
