import type { NetworkEvent } from "@lucid/api";
import { createTestClock } from "@lucid/platform/clock";
import { createEvents } from "@lucid/platform/events";
import type { EventStream, Principal } from "@lucid/platform/http";
import { expect, test } from "vitest";
import { registerStream } from "./stream.ts";

const nodeId = `node_${"a".repeat(32)}`;
const otherNode = `node_${"b".repeat(32)}`;
const expiresAtMs = 1_800_000_000_000;

const principal = (kind: Principal["kind"], id: string, role: string): Principal => ({
  kind,
  id,
  roles: [role],
  token: { id: `token of ${id}`, issuedAtMs: 0, expiresAtMs },
});
const person = (role: string) => principal("person", `person_${role}`, role);
const node = (id: string) => principal("node", id, "node");
const owner = (id: string) => principal("owner", id, "owner");

const command = {
  type: "command",
  command_id: `${nodeId}#1`,
  node_id: nodeId,
  action: "stop",
  state: "queued",
} as const satisfies NetworkEvent;
const alert = {
  type: "alert",
  node_id: nodeId,
  metric: "disk",
  state: "active",
} as const satisfies NetworkEvent;
const everybodys = { type: "pool", pool_id: "pool_a" } as const satisfies NetworkEvent;

/** A service of which `nodeId` is a node of `owner_a`, and what each who opens a stream of it hears. */
const setUp = () => {
  const events = createEvents<NetworkEvent>();
  const clock = createTestClock(expiresAtMs - 1000);
  const revoked = new Set<string>();
  let open: (stream: EventStream, context: { principal: Principal | null }) => unknown;
  registerStream({
    http: { events: (_, handler) => void (open = handler as typeof open) },
    events,
    clock,
    revocations: { isRevoked: ({ id }) => revoked.has(id) },
    ownerOfNode: (id) => (id === nodeId ? "owner_a" : "owner_b"),
  });
  const listen = (who: Principal | null): readonly unknown[] => {
    const heard: unknown[] = [];
    const { signal } = new AbortController();
    const send = (_: string, data: unknown) => void heard.push(data);
    open({ send, close: () => undefined, signal }, { principal: who });
    return heard;
  };
  const tellAll = (): void =>
    [command, alert, everybodys].forEach((event) => events.publish(event));
  return { clock, revoked, listen, tellAll };
};

test.each([
  ["the operator", person("operator"), true],
  ["an admin", person("admin"), true],
  ["an auditor", person("auditor"), true],
  ["the node", node(nodeId), true],
  ["its owner", owner("owner_a"), true],
  ["another node", node(otherNode), false],
  ["another owner", owner("owner_b"), false],
  ["a treasurer", person("treasurer"), false],
  ["a person with a node's role", person("node"), false],
  ["anyone", null, false],
])("of a node's commands and alerts, %s hears: %o", (_, who, hears) => {
  const { listen, tellAll } = setUp();
  const heard = listen(who);
  tellAll();
  expect(heard).toEqual(hears ? [command, alert, everybodys] : [everybodys]);
});

test("a stream says no more of them once its token is revoked or has expired", async () => {
  const { clock, revoked, listen, tellAll } = setUp();
  const [one, other] = [listen(person("admin")), listen(node(nodeId))];
  revoked.add("person_admin");
  tellAll();
  expect([one, other]).toEqual([[everybodys], [command, alert, everybodys]]);
  await clock.advance(1000);
  tellAll();
  expect(other).toEqual([command, alert, everybodys, everybodys]);
});
