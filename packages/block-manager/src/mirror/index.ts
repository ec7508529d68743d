export type { MirrorEvent } from "./contract.ts";
export { createFollower } from "./follower.ts";
export type { Follower } from "./follower.ts";
export { createMirrorObserver } from "./observe.ts";
export { createPeers, peersReadiness, sourcesReadiness } from "./peers.ts";
export type { Peers } from "./peers.ts";
