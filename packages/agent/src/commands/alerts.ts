import { Command } from "commander";
import {
  changeThresholds,
  resetThresholds,
  tellThresholds,
  tellWatched,
  type ThresholdOptions,
  withThresholds,
} from "../alerts/index.ts";
import type { Io } from "../program/index.ts";
import { type DataOptions, openNode, withData } from "./options.ts";

/** `lucid node alerts`: what is watched of the node's machine, with the node's own key. */
export const createAlertsCommand = (io: Io): Command =>
  new Command("alerts")
    .description(
      "what is watched of the machine: alerts, and from which figures on they are raised",
    )
    .addCommand(createShowCommand(io))
    .addCommand(createSetCommand(io))
    .addCommand(createResetCommand(io));

const createShowCommand = (io: Io): Command =>
  withData(new Command("show"))
    .description("the thresholds, and the alerts of the machine, newest first")
    .action(async (options: DataOptions, command: Command) => {
      await tellWatched(io, command, await openNode(io, options));
    });

const createSetCommand = (io: Io): Command =>
  withThresholds(withData(new Command("set")))
    .description("change thresholds; those that are not named stay")
    .action(async (options: DataOptions & ThresholdOptions, command: Command) => {
      const { client, nodeId } = await openNode(io, options);
      tellThresholds(io, command, await changeThresholds(client, nodeId, options));
    });

const createResetCommand = (io: Io): Command =>
  withData(new Command("reset"))
    .description("the usual thresholds again")
    .action(async (options: DataOptions, command: Command) => {
      const { client, nodeId } = await openNode(io, options);
      tellThresholds(io, command, await resetThresholds(client, nodeId));
    });
