import {
  changeThresholds,
  describeAlert,
  describeThresholds,
  describeWatched,
  outputOf,
  type Io,
  type ThresholdOptions,
  withThresholds,
} from "@lucid/agent";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { type PageOption, pageLine, withPage } from "../lists/index.ts";
import { withKey } from "./place.ts";

/** `lucid admin alerts`: the machines that are in trouble, by their own word. */
export const createAlertsCommand = (io: Io): Command =>
  withPage(withKey(new Command("alerts")))
    .description("active alerts of all nodes' machines, or the alerts and thresholds of one")
    .argument("[node_id]")
    .action(
      async (nodeId: string | undefined, options: KeyedPlace & PageOption, command: Command) =>
        nodeId === undefined
          ? listActive(io, options, command)
          : showOne(io, nodeId, options, command),
    );

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

const showOne = async (
  io: Io,
  node_id: string,
  options: KeyedPlace,
  command: Command,
): Promise<void> => {
  const client = await signInAsAdmin(options);
  const params = { node_id };
  const thresholds = await client.call("getThresholds", { params });
  const { items: alerts } = await client.call("listAlerts", { params });
  const output = outputOf(io, command);
  output.result({ event: "alerts", node_id, thresholds, alerts }, () =>
    describeWatched(thresholds, alerts, output.paint),
  );
};

/** `lucid admin thresholds`: from which figures on a node's machine raises alerts. */
export const createThresholdsCommand = (io: Io): Command =>
  withThresholds(withKey(new Command("thresholds")))
    .description("from which figures on a node's machine raises alerts; what is not named stays")
    .argument("<node_id>")
    .action(async (nodeId: string, options: KeyedPlace & ThresholdOptions, command: Command) => {
      const client = await signInAsAdmin(options);
      const thresholds = await changeThresholds(client, nodeId, options);
      const output = outputOf(io, command);
      output.result({ event: "thresholds", ...thresholds }, () =>
        describeThresholds(thresholds, output.paint).join("\n"),
      );
    });
