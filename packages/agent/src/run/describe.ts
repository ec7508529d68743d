import type { AgentEvent } from "./events.ts";

/** An event as a sentence for the owner. */
export const describeEvent = (event: AgentEvent): string => {
  switch (event.event) {
    case "started":
      return `node ${event.node_id} starts in slot ${event.slot} of epoch ${event.epoch}, service ${event.service}`;
    case "connected":
      return event.after_ms === null
        ? "the service answers"
        : `the service answers again after ${seconds(event.after_ms)}`;
    case "committed":
      return `epoch ${event.epoch}: committed to this epoch's chain of beacons`;
    case "beacon":
      return beaconSentence(event);
    case "lost":
      return `slot ${event.slot}: the beacon was not accepted (${event.code}): ${event.detail}`;
    case "waiting":
      return event.code === "nodes.not_active"
        ? "waiting: the node is not active yet; lucid node status says why"
        : `waiting (${event.code}): ${event.detail}`;
    case "unreachable":
      return `${event.detail}; trying again until it answers`;
    case "clock":
      return clockSentence(event.skew_ms);
    case "other_boot":
      return "another program beacons with this node's key: stop one of the two";
    case "log_alarm":
      return alarmSentence(event);
    case "log_not_kept":
      return `the log's checkpoint could not be written down: ${event.detail}`;
    case "command":
      return commandSentence(event.action);
    case "command_refused":
      return `a command of the service was not run (${event.code}): ${event.detail}`;
    case "command_not_told":
      return `the service does not know yet that a command was run (${event.code}): ${event.detail}`;
    case "stopped":
    default:
      return event.event;
  }
};

const beaconSentence = (event: Extract<AgentEvent, { event: "beacon" }>): string => {
  const slots = event.missed === 1 ? "slot" : "slots";
  const missed = event.missed === 0 ? "" : `, after ${event.missed} ${slots} without one`;
  const signed = event.signed ? " (signed, as the first after a start or a long gap)" : "";
  return `slot ${event.slot} (epoch ${event.epoch}, index ${event.slot_index}): beacon accepted${signed}${missed}`;
};

const clockSentence = (skewMs: number): string => {
  const direction = skewMs > 0 ? "ahead of" : "behind";
  return `this machine's clock is ${seconds(Math.abs(skewMs))} ${direction} the service's: switch on time synchronisation, or beacons will be lost`;
};

const commandSentence = (action: string): string => {
  if (action === "stop") return "stopped by the network's command: no beacons until it says start";
  if (action === "start") return "started by the network's command: beacons again";
  return "restarting by the network's command";
};

const alarmSentence = ({ detail, evidence }: Extract<AgentEvent, { event: "log_alarm" }>): string =>
  evidence === null
    ? `${detail}; there is enough evidence of it in the node's folder`
    : `${detail}; the evidence is in ${evidence}: keep it, and ask other owners what they see`;

const seconds = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
