import { createClient } from "@lucid/api/client";
import { type Check, failed, fine, unknown } from "@lucid/platform/checks";
import { parsePolicy } from "@lucid/protocol";
import type { NodeFolder } from "../folder/index.ts";
import { Failure, type Io } from "../program/index.ts";
import { version } from "../version.ts";
import { checkClock } from "./clock.ts";
import { checkDisk, checkMemory } from "./machine.ts";
import { checkVersions } from "./versions.ts";

/** What the agent keeps is small, and it needs little memory. */
const DISK = { fewMib: 200, noneMib: 20 };
const MEMORY = { fewMib: 128, noneMib: 48 };

export type NodeDoctorDeps = {
  readonly io: Pick<Io, "clock">;
  readonly folder: NodeFolder;
  readonly nodeVersion: string;
  /** Instead of the address of the membership. */
  readonly service: string | null;
};

/** Everything that a node needs of its machine and its network. */
export const nodeChecks = (deps: NodeDoctorDeps): Check[] => [
  { name: "key", look: () => checkKey(deps.folder) },
  { name: "service", look: () => checkService(deps) },
  {
    name: "clock",
    look: async (signal) => {
      const url = await serviceOf(deps);
      const sources = url === null ? [] : [{ name: "the service", url: `${url}/health` }];
      return checkClock({ clock: deps.io.clock, fetch: globalThis.fetch, signal }, sources);
    },
  },
  { name: "version", look: () => checkVersion(deps) },
  { name: "disk", look: () => checkDisk(deps.folder.path, DISK) },
  { name: "memory", look: () => checkMemory(MEMORY) },
];

const serviceOf = async ({ folder, service }: NodeDoctorDeps): Promise<string | null> =>
  service ?? (await folder.readMembership())?.service ?? null;

const checkKey = async (folder: NodeFolder) => {
  try {
    const { nodeId } = await folder.readKey();
    return fine(nodeId);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return failed(error.message, error.fix ?? "see lucid node init");
  }
};

const checkService = async (deps: NodeDoctorDeps) => {
  const url = await serviceOf(deps);
  if (url === null)
    return failed("this node is not enrolled", "lucid node enrol --service <url> --address <T…>");
  const membership = await deps.folder.readMembership();
  const network = await readNetwork(url);
  if (network === null)
    return failed(`${url} does not answer`, "check this machine's connection, then the address");
  if (membership !== null && network.network_id !== membership.networkId)
    return failed(`${url} serves another network`, "name the service of your own with --service");
  return fine(`${url} serves ${network.network_id.slice(0, 16)}…, slot ${network.slot}`);
};

const checkVersion = async (deps: NodeDoctorDeps) => {
  const url = await serviceOf(deps);
  const network = url === null ? null : await readNetwork(url);
  if (network === null) return unknown(`lucid ${version}; what the network asks for is not known`);
  return checkVersions({
    ours: version,
    node: deps.nodeVersion,
    service: network.version,
    least: parsePolicy(network.policy).minimum_agent_version ?? null,
  });
};

const readNetwork = (url: string) =>
  createClient({ baseUrl: url, timeoutMs: 5000 })
    .call("getNetwork")
    .catch(() => null);
