import type { Io } from "@lucid/agent";
import { type NetworkProfile, settingsToProfile } from "@lucid/tron";
import { logAddress, type ServicesConfig, serviceAddress } from "../services/index.ts";
import { readReady, type Ready } from "./ready.ts";

/** What every check of a founder's machine is given. */
export type DoctorContext = {
  readonly io: Pick<Io, "clock" | "env">;
  readonly config: ServicesConfig;
  readonly folder: string;
  readonly serviceUrl: string;
  readonly logUrl: string;
  /** What the running programs say of themselves; null while they do not answer. */
  readonly service: Ready | null;
  readonly log: Ready | null;
  /** The chain that pays; null when nothing does. */
  readonly profile: NetworkProfile | null;
  readonly fetch: typeof globalThis.fetch;
};

export const readContext = async (
  io: Pick<Io, "clock" | "env">,
  config: ServicesConfig,
  service: string | undefined,
): Promise<DoctorContext> => {
  const serviceUrl = service ?? serviceAddress(config);
  const logUrl = logAddress(config);
  const { values } = config.service;
  return {
    io,
    config,
    folder: values.LUCID_DATA_PATH,
    serviceUrl,
    logUrl,
    service: await readReady(serviceUrl),
    log: await readReady(logUrl),
    profile: values.TRON_NETWORK === "none" ? null : settingsToProfile(values),
    fetch: globalThis.fetch,
  };
};
