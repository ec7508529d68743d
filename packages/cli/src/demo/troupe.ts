import type { AgentEvent } from "@lucid/agent";
import { epochOf } from "@lucid/protocol";
import type { Child } from "../programs/index.ts";
import { rememberLeft, type Actor, type Role } from "./cast.ts";
import type { DemoFolder } from "./folder.ts";
import { childFailure } from "./listening.ts";
import type { Stage } from "./stage.ts";

export type TroupeDeps = {
  readonly folder: DemoFolder;
  readonly stage: Stage;
  readonly startAgent: (role: Role, onEvent: (event: AgentEvent) => void) => Child;
  readonly started: (child: Child) => Promise<void>;
  /** An agent ended although nobody asked it to. */
  readonly died: (failure: Error) => void;
};

/** The five agents as processes, and what happens to two of them. */
export type Troupe = {
  start(): Promise<void>;
  /** Called once in every slot. */
  onSlot(slotIndex: number): Promise<void>;
  /** Called when an epoch is closed. */
  onEpochClosed(epoch: number): Promise<void>;
  /** Whether the leaver has left, as the story wants it before the summary. */
  hasLeaverLeft(): boolean;
  /** The last slot in which each agent's beacon was accepted. */
  lastBeacon(role: Role): number | null;
  readonly actors: readonly Actor[];
  stop(): Promise<void>;
};

const GOES_DOWN_AT = 5;
const COMES_BACK_AT = 9;
const STOP_MS = 3000;

export const createTroupe = (deps: TroupeDeps, actors: readonly Actor[]): Troupe => {
  const { folder, stage } = deps;
  const running = new Map<Role, Child>();
  const beacons = new Map<Role, { readonly first: number; readonly last: number }>();

  const onEvent = (role: Role, event: AgentEvent): void => {
    if (event.event === "beacon") {
      if (!beacons.has(role))
        stage.say(
          "first_beacon",
          { agent: role, slot: event.slot },
          `${role}: first beacon accepted, in slot ${event.slot}`,
        );
      beacons.set(role, { first: beacons.get(role)?.first ?? event.slot, last: event.slot });
    } else if (
      event.event === "unreachable" ||
      event.event === "clock" ||
      event.event === "waiting"
    )
      stage.say("agent", { agent: role, ...event }, null);
  };

  const begin = async (role: Role): Promise<void> => {
    const child = deps.startAgent(role, (event) => onEvent(role, event));
    running.set(role, child);
    await deps.started(child);
    void child.exited.then((exit) => {
      if (running.get(role) === child)
        deps.died(childFailure(role, child, folder.logFile(role), exit));
    });
  };

  /** Takes it off the list first, so that its end is no surprise. */
  const take = (role: Role): Child | undefined => {
    const child = running.get(role);
    running.delete(role);
    return child;
  };

  /** Whether a beacon of this run lies in the epoch or before it. */
  const hasEarned = (role: Role, epoch: number): boolean => {
    const first = beacons.get(role)?.first;
    return first !== undefined && epochOf(folder.genesis, first) <= epoch;
  };

  const crash = async (): Promise<void> => {
    if (!beacons.has("flaky")) return; // a slow machine: it has only just started
    const child = take("flaky");
    if (child === undefined) return;
    await child.kill();
    stage.say(
      "flaky_down",
      { agent: "flaky" },
      "flaky: killed in the middle of the epoch, which will cost it",
      "yellow",
    );
  };

  const comeBack = async (): Promise<void> => {
    if (running.has("flaky")) return;
    stage.say(
      "flaky_up",
      { agent: "flaky" },
      "flaky: starts again and finds the same chain of beacons",
    );
    await begin("flaky");
  };

  return {
    actors,
    async start() {
      for (const { role, hasLeft } of actors) if (!hasLeft) await begin(role);
    },
    async onSlot(slotIndex) {
      if (slotIndex === GOES_DOWN_AT) await crash();
      else if (slotIndex >= COMES_BACK_AT) await comeBack();
    },
    async onEpochClosed(epoch) {
      if (!hasEarned("leaver", epoch)) return;
      const child = take("leaver");
      if (child === undefined) return;
      await child.stop(STOP_MS);
      await rememberLeft(folder, "leaver");
      stage.say(
        "leaver_left",
        { agent: "leaver" },
        "leaver: stops and does not come back; what it earned stays payable",
        "yellow",
      );
    },
    hasLeaverLeft: () => !running.has("leaver"),
    lastBeacon: (role) => beacons.get(role)?.last ?? null,
    async stop() {
      const children = [...running.values()];
      running.clear();
      await Promise.all(children.map((child) => child.stop(STOP_MS)));
    },
  };
};
