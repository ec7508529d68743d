import { mkdir } from "node:fs/promises";
import { Command } from "commander";
import { outputOf, type AgentEvent } from "@lucid/agent";
import { firstSlotOf } from "@lucid/protocol";
import { expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { createTestIo } from "../../../agent/src/testing/io.ts";
import type { Child } from "../programs/index.ts";
import { roles, type Role } from "./cast.ts";
import { openDemoFolder } from "./folder.ts";
import { createStage } from "./stage.ts";
import { createTroupe } from "./troupe.ts";

const createChild = (onEnd: () => void): Child => {
  const { promise, resolve } = Promise.withResolvers<{ code: number; signal: null }>();
  const end = () => {
    onEnd();
    resolve({ code: 0, signal: null });
    return promise;
  };
  return { pid: 1, exited: promise, lastLines: () => [], stop: end, kill: end };
};

const createTestTroupe = async (path: string) => {
  const io = createTestIo();
  const folder = await openDemoFolder(io, path);
  await mkdir(folder.agent("leaver"), { recursive: true });
  const running = new Map<Role, (event: AgentEvent) => void>();
  const troupe = createTroupe(
    {
      folder,
      stage: createStage(io, outputOf(io, new Command("demo")), () => 80),
      startAgent: (role, onEvent) => {
        running.set(role, onEvent);
        return createChild(() => running.delete(role));
      },
      started: async () => {},
      died: (failure) => expect.unreachable(failure.message),
    },
    roles.map((role) => ({ role, nodeId: role, ownerId: role, address: role, hasLeft: false })),
  );
  await troupe.start();
  const accept = (role: Role, slot: number) =>
    running.get(role)?.({
      event: "beacon",
      slot,
      epoch: 0,
      slot_index: 0,
      signed: true,
      missed: 0,
    });
  return {
    troupe,
    running,
    accept,
    firstSlot: (epoch: number) => firstSlotOf(folder.genesis, epoch),
  };
};

test("the leaver leaves when an epoch is closed in which it was heard, on a slow machine not the first", async () => {
  await using folder = await createTestFolder();
  const { troupe, accept, firstSlot } = await createTestTroupe(folder.path);
  await troupe.onEpochClosed(7);
  accept("leaver", firstSlot(8));
  await troupe.onEpochClosed(7);
  expect(troupe.hasLeaverLeft()).toBe(false);
  await troupe.onEpochClosed(8);
  expect(troupe.hasLeaverLeft()).toBe(true);
});

test("the flaky agent is killed only after it was heard, and comes back", async () => {
  await using folder = await createTestFolder();
  const { troupe, running, accept } = await createTestTroupe(folder.path);
  await troupe.onSlot(5);
  expect(running.has("flaky")).toBe(true);
  accept("flaky", 20);
  await troupe.onSlot(5);
  expect(running.has("flaky")).toBe(false);
  await troupe.onSlot(8);
  expect(running.has("flaky")).toBe(false);
  await troupe.onSlot(9);
  expect(running.has("flaky")).toBe(true);
});
