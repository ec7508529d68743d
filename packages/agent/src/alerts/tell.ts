import type { Client } from "@lucid/api/client";
import type { Command } from "commander";
import { outputOf, type Io } from "../program/index.ts";
import { describeThresholds, describeWatched } from "./describe.ts";
import type { Thresholds } from "./thresholds.ts";

type Asked = { readonly client: Client; readonly nodeId: string };

/** Reads the thresholds and alerts of one node's machine, and prints them. */
export const tellWatched = async (
  io: Io,
  command: Command,
  { client, nodeId: node_id }: Asked,
): Promise<void> => {
  const params = { node_id };
  const thresholds = await client.call("getThresholds", { params });
  const { items: alerts } = await client.call("listAlerts", { params });
  const output = outputOf(io, command);
  output.result({ event: "alerts", node_id, thresholds, alerts }, () =>
    describeWatched(thresholds, alerts, output.paint),
  );
};

/** Prints thresholds as they are from now on. */
export const tellThresholds = (io: Io, command: Command, thresholds: Thresholds): void => {
  const output = outputOf(io, command);
  output.result({ event: "thresholds", ...thresholds }, () =>
    describeThresholds(thresholds, output.paint).join("\n"),
  );
};
