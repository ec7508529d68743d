import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@lucid/api/client";
import { failed, type Finding, fine, unknown } from "@lucid/platform/checks";
import { DataError, readNetwork } from "@lucid/platform/data-folder";
import { networkId, parseGenesis } from "@lucid/protocol";
import type { DoctorContext } from "../context.ts";

const TIMEOUT_MS = 3000;

/** Whether the folder holds a network, and what answers here is that one. */
export const checkNetwork = async (context: DoctorContext): Promise<Finding> => {
  const { folder, service, serviceUrl, log, logUrl } = context;
  if (!existsSync(folder)) return unknown("there is no folder to look in");
  const missing = await stat(join(folder, "network.json")).then(() => null, codeOf);
  if (missing === "ENOENT")
    return failed(`there is no network in ${folder}`, `make one: lucid init --data ${folder}`);
  if (missing !== null) return unknown(`${folder} cannot be looked into (${missing})`);
  const own = readOwn(folder);
  if ("state" in own) return own;
  const served = [
    ...(service === null ? [] : [{ url: serviceUrl, id: await idOfService(serviceUrl) }]),
    ...(log === null ? [] : [{ url: logUrl, id: await idOfLog(context) }]),
  ];
  const other = served.find(({ id }) => id !== own.networkId);
  if (other === undefined) return fine(`${own.genesis.name} ${own.networkId}`);
  return failed(
    `${other.url} serves the network ${other.id}, and the folder holds ${own.networkId}`,
    "name the other network's folder with --data, or stop what runs at this address",
  );
};

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? error.message;

const readOwn = (folder: string) => {
  try {
    return readNetwork(folder);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return failed(error.message, "put back a copy of it: it never changes");
  }
};

const idOfService = async (url: string): Promise<string> =>
  (await createClient({ baseUrl: url, timeoutMs: TIMEOUT_MS }).call("getNetwork")).network_id;

const idOfLog = async ({ logUrl, fetch }: DoctorContext): Promise<string> => {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${logUrl}/network.json`, { signal });
  return networkId(parseGenesis(await response.json()));
};
