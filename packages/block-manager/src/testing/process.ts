import { fileURLToPath } from "node:url";
import { type ServiceProcess, startProcess } from "@lucid/platform/program/testing";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** block-manager as a process of its own, on free ports, from its sources or from a bundle. */
export const startServiceProcess = (
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  program: string = main,
): ServiceProcess =>
  startProcess(program, {
    LUCID_DATA_PATH: folder,
    BLOCK_MANAGER_HOST: "127.0.0.1",
    BLOCK_MANAGER_PORT: "0",
    METRICS_PORT: "0",
    ...settings,
  });
