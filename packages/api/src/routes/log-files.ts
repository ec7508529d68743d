import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { bytes, object } from "../schemas.ts";

const octets = "application/octet-stream";

/** Files that never change may be fetched at full speed, so that auditors are not held up. */
const shared = {
  method: "GET",
  tag: "log",
  roles: ["anyone"],
  rate: "none",
  errors: ["log.no_file", "log.unavailable"],
} as const;

const below = { params: object({ "*": Type.String({ description: "the rest of the path" }) }) };

/** The folder of the log as static files (C2SP tlog-tiles), at the root of block-manager. */
export const logFileRoutes = {
  getNetworkFile: defineRoute({
    ...shared,
    operationId: "getNetworkFile",
    path: "/network.json",
    summary: "The genesis document of the network",
    response: { 200: bytes("application/json", "network.json as it was made") },
  }),
  getCheckpoint: defineRoute({
    ...shared,
    operationId: "getCheckpoint",
    path: "/checkpoint",
    summary: "The latest checkpoint as a signed note (C2SP tlog-checkpoint)",
    response: {
      200: bytes("text/plain", "The latest checkpoint as a signed note (C2SP tlog-checkpoint)"),
    },
  }),
  getTile: defineRoute({
    ...shared,
    ...below,
    operationId: "getTile",
    path: "/tile/*",
    summary: "A tile of the tree, or a bundle of entries under `entries/` (C2SP tlog-tiles)",
    response: {
      200: bytes(
        octets,
        "A tile of the tree, or a bundle of entries under `entries/` (C2SP tlog-tiles)",
      ),
    },
  }),
  getBodyFile: defineRoute({
    ...shared,
    ...below,
    operationId: "getBodyFile",
    path: "/body/*",
    summary: "The framed leaves of a block whose epoch is not compacted yet",
    response: {
      200: bytes(octets, "The framed leaves of a block whose epoch is not compacted yet"),
    },
  }),
  getCompactFile: defineRoute({
    ...shared,
    ...below,
    operationId: "getCompactFile",
    path: "/compact/*",
    summary: "A compacted epoch",
    response: { 200: bytes(octets, "A compacted epoch") },
  }),
};
