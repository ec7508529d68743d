export type { MirrorEvent, SourceState, SourceStatus } from "./contract.ts";
export { createFollower } from "./follower.ts";
export type { Follower, FollowerDeps } from "./follower.ts";
