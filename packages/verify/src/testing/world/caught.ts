import { openLog } from "../../log/index.ts";
import type { Report } from "../../report/index.ts";
import { verifyLog } from "../../verify.ts";
import { filesToSource } from "../files.ts";
import { fullPlan } from "./plan.ts";
import type { Lies, WorldPlan } from "./plan.ts";
import { createWorld } from "./world.ts";

/** The report about a whole world that was forged around some lies. */
export const verifyWorld = async (
  lies: Lies = {},
  plan: Partial<WorldPlan> = {},
): Promise<Report> => {
  const { files, network } = createWorld({ ...fullPlan, ...plan }, lies);
  const { networkId } = network;
  return verifyLog(await openLog(filesToSource(files), { networkId }));
};

/** The first mismatch of such a report, as `code @ height`, or `follows`. */
export const catchLie = async (lies: Lies, plan: Partial<WorldPlan> = {}): Promise<string> => {
  const { first_mismatch: found } = await verifyWorld(lies, plan);
  return found === null ? "follows" : `${found.code} @ ${found.height}`;
};
