import type { RequestOf, ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";
import { type Command, InvalidArgumentError } from "commander";
import { exitCode, Failure } from "../program/index.ts";

export type Thresholds = ResponseOf<Routes["getThresholds"]>;
type Wanted = NonNullable<RequestOf<Routes["setThresholds"]>["body"]>;

/** What of the thresholds is to change; what is left out stays. */
export type ThresholdOptions = {
  readonly cpu?: number;
  readonly memory?: number;
  readonly disk?: number;
  readonly network?: number;
  readonly for?: number;
};

export const withThresholds = (command: Command): Command =>
  command
    .option("--cpu <percent>", "of the processors, like 80", basisPoints)
    .option("--memory <percent>", "of the memory", basisPoints)
    .option("--disk <percent>", "of the disk", basisPoints)
    .option("--network <Mbit/s>", "received and sent, added up", bitsPerSecond)
    .option("--for <seconds>", "how long a figure has to stay there", seconds);

/** Changes what is named, and nothing else; the service takes all thresholds at once. */
export const changeThresholds = async (
  client: Client,
  node_id: string,
  options: ThresholdOptions,
): Promise<Thresholds> => {
  const changed = toBody(options);
  if (Object.keys(changed).length === 0)
    throw new Failure("usage", "there is no threshold to set", {
      fix: "Name at least one: --cpu, --memory, --disk, --network or --for",
      exit: exitCode.usage,
    });
  const params = { node_id };
  const { node_id: _id, ...before } = await client.call("getThresholds", { params });
  return client.call("setThresholds", { params, body: { ...before, ...changed } });
};

/** The usual thresholds again. */
export const resetThresholds = (client: Client, node_id: string): Promise<Thresholds> =>
  client.call("setThresholds", { params: { node_id }, body: {} });

const toBody = ({ cpu, memory, disk, network, for: forSeconds }: ThresholdOptions): Wanted => ({
  ...(cpu !== undefined && { cpu_bp: cpu }),
  ...(memory !== undefined && { memory_bp: memory }),
  ...(disk !== undefined && { disk_bp: disk }),
  ...(network !== undefined && { network_bps: network }),
  ...(forSeconds !== undefined && { for_seconds: forSeconds }),
});

const basisPoints = (text: string): number => {
  const percent = /^([0-9]{1,3})(?:\.([0-9]{1,2}))?\s*%?$/.exec(text);
  const bp = Number(percent?.[1] ?? Number.NaN) * 100 + Number((percent?.[2] ?? "").padEnd(2, "0"));
  if (bp <= 10_000) return bp;
  throw new InvalidArgumentError("Write a percentage from 0 to 100, like 80 or 82.5.");
};

const bitsPerSecond = (text: string): number => {
  const megabits = /^[0-9]{1,7}(\.[0-9]{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (megabits >= 0) return Math.round(megabits * 1_000_000);
  throw new InvalidArgumentError("Write megabits per second, like 100.");
};

const seconds = (text: string): number => {
  const value = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 86_400) return value;
  throw new InvalidArgumentError("Write seconds, from 0 to 86400.");
};
