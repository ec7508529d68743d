export { openDevnet, startDevnet } from "./devnet.ts";
export type { Devnet, DevnetHandle, DevnetOptions, MemoryDevnet, TokenChange } from "./devnet.ts";
export type { Fault, FaultKind, ScheduledFault } from "./chain/faults.ts";
export type { Allocation } from "./chain/genesis.ts";
export type { Clock } from "./chain/chain.ts";
export type { Transfer } from "./http/logs.ts";
