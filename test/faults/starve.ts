import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "@lucid/api/client";
import { createTokens } from "@lucid/platform/http";
import { acceptanceWindow, type Genesis, slotAt, slotStart } from "@lucid/protocol";
import { toRequest } from "../../bench/load.ts";
import { findFreePort } from "../../packages/cli/src/programs/index.ts";
import { startServiceProcess } from "../../packages/node-management/src/testing/process.ts";
import { createFixture, type Fixture } from "../fixture.ts";
import { type Acknowledged, startCrowd } from "./crowd.ts";
import type { Ammunition, FloodReport } from "./flood.ts";

const originMs = 1_704_067_200_000;
const slots = { slot_ms: 10_000, slots_per_epoch: 60, grace_ms: 1_000, leader_window_ms: 1_000 };
const agentTimeoutMs = 10_000;
const connections = 64;
/** Slots that are measured, each time. */
const measured = 3;

export type StarveReport = {
  readonly agents: number;
  readonly attack_requests: number;
  readonly attack_per_second: number;
  readonly attack_statuses: Readonly<Record<string, number>>;
  /** Of the beacons that agents owed, how many were acknowledged: undisturbed, and under attack. */
  readonly share_calm: number;
  readonly share_attacked: number;
  readonly ratio: number;
  readonly ok: boolean;
};

/**
 * A crowd of agents behind one address beside an attacker behind the same one, which sends what it can: reads, made-up
 * tokens, challenges and forged beacons. Holds when the attack costs the agents no more than one beacon in a hundred.
 */
export const runStarve = async (
  agents: number,
  tell: (line: string) => void,
): Promise<StarveReport> => {
  const directory = mkdtempSync(join(tmpdir(), "lucid-starve-"));
  try {
    return await starveIn(directory, agents, tell);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const starveIn = async (
  directory: string,
  agents: number,
  tell: (line: string) => void,
): Promise<StarveReport> => {
  const firstSlot = Math.ceil((Date.now() - originMs) / slots.slot_ms) - 1;
  const genesis = { ...slots, first_slot: firstSlot };
  const fixture = await createFixture({ directory, nodes: agents, genesis });
  const port = await findFreePort(0);
  const service = startServiceProcess(directory, {
    NODE_MANAGEMENT_PORT: `${port}`,
    BLOCK_MANAGER_URL: "http://127.0.0.1:9",
  });
  await service.url;
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: agentTimeoutMs });
  const stop = new AbortController();
  const crowd = startCrowd(client, fixture, stop.signal);
  try {
    await untilSlot(fixture.genesis, slotAt(fixture.genesis, Date.now()) + 2);
    const share_calm = await shareOf(fixture, crowd.acknowledged);
    tell(`undisturbed: ${percent(share_calm)} of the beacons were acknowledged`);
    const attacker = startAttacker(port, await ammunitionFor(fixture));
    const share_attacked = await shareOf(fixture, crowd.acknowledged);
    const { statuses, answered, seconds } = await attacker.stop();
    const attack_per_second = Math.round(answered / seconds);
    tell(`beside ${attack_per_second} requests a second: ${percent(share_attacked)}`);
    return {
      agents,
      attack_requests: answered,
      attack_per_second,
      attack_statuses: statuses,
      share_calm,
      share_attacked,
      ratio: share_attacked / share_calm,
      ok: share_attacked >= 0.99 * share_calm,
    };
  } finally {
    stop.abort();
    await crowd.ended;
    service.signal("SIGTERM");
    await service.exit;
  }
};

/** The share of beacons that are acknowledged in the next slots. */
const shareOf = async (
  { genesis, nodes }: Fixture,
  acknowledged: Acknowledged,
): Promise<number> => {
  const first = slotAt(genesis, Date.now()) + 1;
  const last = first + measured - 1;
  await wait(acceptanceWindow(genesis, last).untilMs - Date.now());
  let accepted = 0;
  for (let slot = first; slot <= last; slot += 1)
    accepted += nodes.filter(({ nodeId }) => acknowledged.has(`${nodeId} ${slot}`)).length;
  return accepted / (measured * nodes.length);
};

const untilSlot = (genesis: Genesis, slot: number): Promise<void> =>
  wait(Math.max(0, slotStart(genesis, slot) - Date.now()));

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

const startAttacker = (port: number, ammunition: Ammunition) => {
  const child = fork(fileURLToPath(new URL("flood-process.ts", import.meta.url)));
  child.send({ port, ammunition, connections });
  return {
    stop: async (): Promise<FloodReport> => {
      const said = once(child, "message");
      child.send("stop");
      const [report] = (await said) as [FloodReport];
      return report;
    },
  };
};

/** A token that is right in everything but its signature, which has to be checked before it can be refused. */
const forgeToken = async ({ networkId: issuer }: Fixture): Promise<string> => {
  const tokens = createTokens({ key: randomBytes(32), issuer, clock: Date });
  const admin = { kind: "person", id: "person_x", roles: ["admin"] } as const;
  return (await tokens.issue(admin, 3_600_000)).token;
};

/** Reads, a page that lists much, forged tokens, challenges, and forged beacons of the agents themselves. */
const ammunitionFor = async (fixture: Fixture): Promise<Ammunition> => {
  const { nodes, genesis } = fixture;
  const slot = slotAt(genesis, Date.now()) + 1;
  const forged = nodes
    .slice(0, 100)
    .map(({ nodeId }) =>
      toRequest(
        "POST",
        "/api/v1/beacons",
        JSON.stringify({ node_id: nodeId, slot, reveal: "ab".repeat(32) }),
      ),
    );
  const token = await forgeToken(fixture);
  const read = toRequest("GET", "/api/v1/nodes?limit=100");
  const withToken = `GET /api/v1/audit HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n\r\n`;
  const challenge = toRequest("POST", "/api/v1/auth/challenge");
  return [
    ...forged.map(String),
    ...Array.from({ length: 100 }, () => String(read)),
    ...Array.from({ length: 100 }, () => withToken),
    ...Array.from({ length: 100 }, () => String(challenge)),
  ];
};
