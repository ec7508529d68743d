import { ApiError } from "@lucid/api/client";
import { epochOf, slotAt, slotIndex, type Genesis } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import type { Control } from "../control/index.ts";
import type { NodeKey } from "../folder/index.ts";
import type { LogMemory } from "../log/index.ts";
import { exitCode, Failure } from "../program/index.ts";
import { createCommandWatch } from "./command-watch.ts";
import { createClockWatch } from "./clock-watch.ts";
import type { Report } from "./events.ts";
import { isOutage, outcomeOf } from "./judge.ts";
import { createLogWatch } from "./log-watch.ts";
import { nextStep } from "./schedule.ts";
import type { Sender } from "./sender.ts";
import { initialState, type AgentState, type Outcome, type Step } from "./state.ts";
import { applyCommands, applyOutcome } from "./transition.ts";

export type AgentDeps = {
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly chance: () => number;
  readonly sender: Sender;
  readonly log: LogMemory;
  readonly control: Control;
  readonly report: Report;
};

export type AgentOptions = {
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly key: NodeKey;
  readonly service: string;
};

export type Agent = {
  /**
   * Commits and beacons until the signal is aborted, or until it is told to restart. Throws a Failure when the service
   * is another network's.
   */
  run(signal: AbortSignal): Promise<"stopped" | "restart">;
};

/** The part of a node that proves it is alive. */
export const createAgent = (deps: AgentDeps, options: AgentOptions): Agent => {
  const { clock, sender, log, control, report } = deps;
  const { genesis, networkId, key } = options;
  const timing = { genesis, publicKey: key.publicKey };
  const watch = createClockWatch(genesis.grace_ms);
  const observeLog = createLogWatch({ log, report });
  const commands = createCommandWatch({ control, sender, report });
  const longestSleepMs = genesis.slot_ms / 4; // the clock may be set while we sleep
  let state: AgentState = initialState(slotAt(genesis, clock.now()), control.isStopped());
  let isConnected = false;
  let outageSinceMs: number | null = null;
  let lastWaiting = "";
  let sawOtherBoot = false;

  const observeClock = (serverTimeMs: number, sentAtMs: number): void => {
    const skewMs = watch.observe(serverTimeMs, sentAtMs, clock.now());
    if (skewMs !== null) report({ event: "clock", skew_ms: Math.round(skewMs) });
  };

  /** At the start and after every outage: is this still our network? */
  const connect = async (): Promise<void> => {
    if (isConnected) return;
    const sentAtMs = clock.now();
    const answer = await sender.network();
    if (answer.networkId !== networkId) throw wrongNetwork(options, answer.networkId);
    observeClock(answer.serverTimeMs, sentAtMs);
    isConnected = true;
    report({
      event: "connected",
      after_ms: outageSinceMs === null ? null : clock.monotonic() - outageSinceMs,
    });
    outageSinceMs = null;
    await commands.tell();
  };

  const sendBeacon = async (slot: number, signed: boolean): Promise<void> => {
    const sentAtMs = clock.now();
    const answer = await sender.beacon(slot, { signed, seen: log.largest() });
    const { serverTimeMs, otherBoot, checkpoint } = answer;
    observeClock(serverTimeMs, sentAtMs);
    if (otherBoot && !sawOtherBoot) report({ event: "other_boot" });
    sawOtherBoot = otherBoot;
    lastWaiting = "";
    report({
      event: "beacon",
      slot,
      epoch: epochOf(genesis, slot),
      slot_index: slotIndex(genesis, slot),
      signed,
      missed: slot - state.settledSlot - 1,
    });
    if (checkpoint !== null) await observeLog(checkpoint);
    await commands.obey(answer.commands);
    await commands.tell();
  };

  const perform = async (step: Exclude<Step, { kind: "wait" }>): Promise<Outcome> => {
    try {
      await connect();
      if (step.kind === "beacon") await sendBeacon(step.slot, step.signed);
      else if (step.kind === "poll") await commands.ask();
      else {
        await sender.commit(step.epoch);
        report({ event: "committed", epoch: step.epoch });
      }
      return { kind: "done" };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "network.wrong") throw wrongNetwork(options, null);
      reportTrouble(step, error);
      return outcomeOf(error);
    }
  };

  const reportTrouble = (step: Step, error: ApiError): void => {
    const { code, message: detail } = error;
    if (isOutage(error)) {
      isConnected = false;
      if (outageSinceMs === null) report({ event: "unreachable", code, detail });
      outageSinceMs ??= clock.monotonic();
    } else if (code.startsWith("nodes.") || code.startsWith("commitments.")) {
      if (lastWaiting !== code) report({ event: "waiting", code, detail });
      lastWaiting = code;
    } else if (step.kind === "beacon" && outcomeOf(error).kind === "lost")
      report({ event: "lost", slot: step.slot, code, detail });
  };

  const run = async (signal: AbortSignal): Promise<"stopped" | "restart"> => {
    const slot = slotAt(genesis, clock.now());
    report({
      event: "started",
      node_id: key.nodeId,
      network_id: networkId,
      service: options.service,
      slot,
      epoch: epochOf(genesis, slot),
    });
    while (!signal.aborted && !control.wantsRestart()) {
      const now = clock.now();
      const step = nextStep(timing, state, now);
      if (step.kind === "wait")
        await clock.sleep(Math.min(step.untilMs - now, longestSleepMs), signal);
      else {
        const outcome = await perform(step);
        const next = applyOutcome(timing, state, step, outcome, clock.now(), deps.chance());
        state = applyCommands(next, control.isStopped());
      }
    }
    if (control.wantsRestart()) return "restart";
    report({ event: "stopped" });
    return "stopped";
  };

  return { run };
};

const wrongNetwork = ({ networkId, service }: AgentOptions, found: string | null): Failure =>
  new Failure(
    "network.wrong",
    `${service} serves ${found === null ? "another network" : `the network ${found}`}, but this node is enrolled in ${networkId}`,
    {
      fix: "Run with --service and the address of the node's own network, or enrol a new node in another --data folder",
      exit: exitCode.wrongNetwork,
    },
  );
