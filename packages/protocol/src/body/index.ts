export {
  bodyRoot,
  decodeBody,
  encodeBody,
  framedLength,
  frameLeaves,
  unframeLeaves,
} from "./codec.ts";
export { fitBody, mayWait } from "./fit.ts";
export { BEACON_BYTES, beaconLeaf, cosignatureLeaf, parseLeaf, placeBeacon } from "./leaf.ts";
export type { BeaconLeaf, Leaf, RecordLeaf } from "./leaf.ts";
export { compareLeaves, createBody, toBodyLeaf } from "./order.ts";
export type { Body, BodyLeaf } from "./order.ts";
