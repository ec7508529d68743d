import { freemem } from "node:os";
import { checkClock, checkDisk, checkMemory, type Io } from "@lucid/agent";
import { type Check, type CheckResult, runChecks } from "@lucid/platform/checks";
import type { ServicesConfig } from "../services/index.ts";
import { checkCache } from "./checks/cache.ts";
import { checkFolder, checkKeys } from "./checks/folder.ts";
import { checkNetwork } from "./checks/network.ts";
import { checkPorts } from "./checks/ports.ts";
import { checkChores, checkLog, checkService } from "./checks/services.ts";
import { checkSigner } from "./checks/signer.ts";
import { checkStore } from "./checks/store.ts";
import { checkTron } from "./checks/tron.ts";
import { checkVersion } from "./checks/versions.ts";
import { type DoctorContext, readContext } from "./context.ts";
import { readPayoutChecks } from "./payouts.ts";

const TIMEOUT_MS = 20_000;
/** Both services at work use less than half of it. */
const MEMORY = { fewMib: 512, noneMib: 128 };

/** Looks a founder's machine over, whether its services run or not. */
export const examine = async (
  io: Pick<Io, "clock" | "env">,
  config: ServicesConfig,
  service: string | undefined,
): Promise<readonly CheckResult[]> => {
  const context = await readContext(io, config, service);
  const results = await runChecks(founderChecks(context), {
    clock: io.clock,
    timeoutMs: TIMEOUT_MS,
  });
  return [...results, ...(await readPayoutChecks(context))];
};

const founderChecks = (context: DoctorContext): Check[] => [
  { name: "version", look: () => checkVersion(context) },
  { name: "folder", look: () => checkFolder(context) },
  { name: "network", look: () => checkNetwork(context) },
  { name: "keys", look: () => checkKeys(context) },
  { name: "disk", look: () => checkDisk(context.folder) },
  // The machine's, for its services: a container that this runs in has less for itself.
  { name: "memory", look: () => checkMemory(MEMORY, freemem()) },
  { name: "clock", look: (signal) => checkTime(context, signal) },
  { name: "ports", look: () => checkPorts(context) },
  { name: "store", look: () => checkStore(context) },
  { name: "cache", look: () => checkCache(context) },
  { name: "service", look: () => checkService(context) },
  { name: "log", look: () => checkLog(context) },
  { name: "chores", look: () => checkChores(context) },
  { name: "tron", look: () => checkTron(context) },
  { name: "signer", look: () => checkSigner(context) },
];

/** Others' clocks: nodes of the chain, and other block-managers of the log. */
const checkTime = ({ config, profile, fetch, io }: DoctorContext, signal: AbortSignal) => {
  const urls = [
    ...(profile?.endpoints.map(({ full }) => full) ?? []),
    ...config.log.values.BLOCK_MANAGER_PEERS,
  ];
  const sources = urls.map((url) => ({ name: new URL(url).host, url }));
  return checkClock({ clock: io.clock, fetch, signal }, sources);
};
