import { join } from "node:path";
import { configSchema, createNodeManagement } from "@lucid/node-management";
import { systemClock } from "@lucid/platform/clock";
import { loadConfig } from "@lucid/platform/config";
import { createLog } from "@lucid/platform/log";
import { type Ran, runLucid } from "./run-lucid.ts";

/** What a founder types, by the machine's clock: a network that is made now has nothing to catch up with. */
export const lucid = (...words: string[]): Promise<Ran> =>
  runLucid([...words, "--json"], { clock: systemClock });

type Service = Awaited<ReturnType<typeof createNodeManagement>>;

/** Makes a network with `lucid init` in a folder, and serves it on free ports. */
export const serveNewNetwork = async (
  data: string,
  {
    payer,
    settings = {},
  }: Required<Pick<Parameters<typeof createNodeManagement>[1], "payer">> & {
    readonly settings?: Readonly<Record<string, string>>;
  },
): Promise<Service> => {
  const { code, err } = await lucid("init", "--data", data);
  if (code !== 0) throw new Error(err);
  const { values } = loadConfig(configSchema, {
    file: join(data, "lucid.yaml"),
    flags: {
      LUCID_DATA_PATH: data,
      NODE_MANAGEMENT_HOST: "127.0.0.1",
      NODE_MANAGEMENT_PORT: "0",
      METRICS_PORT: "0",
      ...settings,
    },
  });
  const log = createLog({ level: "silent", name: "test" });
  return createNodeManagement(values, { clock: systemClock, log, payer });
};
