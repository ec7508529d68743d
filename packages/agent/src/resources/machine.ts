import { statfs } from "node:fs/promises";

/** What can be asked of a machine; each throws, or gives something without sense, where it cannot tell. */
export type Machine = {
  /** Percent of all processors since the last question. */
  cpuPercent(): Promise<number>;
  memory(): Promise<Space>;
  /** Of the file system that holds the node's folder. */
  disk(): Promise<Space>;
  /** Bytes that passed the machine's main network interface since it came up. */
  traffic(): Promise<Traffic>;
};

/** Bytes. */
export type Space = { readonly total: number; readonly available: number };
export type Traffic = {
  readonly name: string;
  readonly receivedBytes: number;
  readonly sentBytes: number;
};

/** The machine that this program runs on. `systeminformation` is loaded with the first question. */
export const createMachine = (folder: string): Machine => {
  const load = () => import("systeminformation");
  return {
    cpuPercent: async () => (await (await load()).currentLoad()).currentLoad,
    memory: async () => {
      const { total, available } = await (await load()).mem();
      return { total, available };
    },
    disk: async () => {
      const { bsize, blocks, bavail } = await statfs(folder);
      return { total: bsize * blocks, available: bsize * bavail };
    },
    traffic: async () => {
      const [main] = await (await load()).networkStats();
      if (main === undefined) throw new Error("there is no network interface");
      return { name: main.iface, receivedBytes: main.rx_bytes, sentBytes: main.tx_bytes };
    },
  };
};
