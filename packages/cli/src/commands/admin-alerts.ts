import {
  changeThresholds,
  describeAlert,
  outputOf,
  resetThresholds,
  tellThresholds,
  tellWatched,
  type Io,
  type ThresholdOptions,
  withThresholds,
} from "@lucid/agent";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { type PageOption, pageLine, withPage } from "../lists/index.ts";
import { openAs, withKey } from "./place.ts";

/** `lucid admin alerts`: the machines that are in trouble, by their own word. */
export const createAlertsCommand = (io: Io): Command =>
  withPage(withKey(new Command("alerts")))
    .description("active alerts of all nodes' machines, or the alerts and thresholds of one")
    .argument("[node_id]")
    .action(
      async (nodeId: string | undefined, options: KeyedPlace & PageOption, command: Command) =>
        nodeId === undefined
          ? listActive(io, options, command)
          : tellWatched(io, command, { client: await signInAsAdmin(options), nodeId }),
    )
    .addCommand(createSetCommand(io))
    .addCommand(createResetCommand(io));

const listActive = async (
  io: Io,
  options: KeyedPlace & PageOption,
  command: Command,
): Promise<void> => {
  const client = await signInAsAdmin(options);
  const query = { page: options.page, limit: 100 };
  const { items, pagination } = await client.call("listActiveAlerts", { query });
  const output = outputOf(io, command);
  output.result({ event: "alerts", items, pagination }, () =>
    items.length === 0
      ? "no machine has an active alert"
      : [
          ...items.flatMap(({ node_id, alerts }) =>
            alerts.map((alert) => `${node_id}  ${describeAlert(alert, output.paint)}`),
          ),
          pageLine(pagination),
        ].join("\n"),
  );
};

const createSetCommand = (io: Io): Command =>
  withThresholds(new Command("set"))
    .description("change thresholds of a node's machine; those that are not named stay")
    .argument("<node_id>")
    .action(async (nodeId: string, options: ThresholdOptions, command: Command) => {
      const client = await openAs(command);
      tellThresholds(io, command, await changeThresholds(client, nodeId, options));
    });

const createResetCommand = (io: Io): Command =>
  new Command("reset")
    .description("the usual thresholds again")
    .argument("<node_id>")
    .action(async (nodeId: string, _options: object, command: Command) => {
      const client = await openAs(command);
      tellThresholds(io, command, await resetThresholds(client, nodeId));
    });
