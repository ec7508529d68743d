export type { MirrorEvent, SourceState, SourceStatus } from "./contract.ts";
export { createFollower } from "./follower.ts";
export type { Follower, FollowerDeps } from "./follower.ts";
export { createMirrorObserver } from "./observe.ts";
export { createPeers, peersReadiness, sourcesReadiness } from "./peers.ts";
export type { AppendProblem, Peers } from "./peers.ts";
