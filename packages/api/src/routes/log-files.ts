import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { bytes, object } from "../schemas.ts";

const octets = "application/octet-stream";

/** A file of the log's folder; immutable ones may be fetched at full speed, so that auditors are not held up. */
const file = <const Id extends string, const Path extends string>(
  operationId: Id,
  path: Path,
  response: { readonly mediaType: string; readonly summary: string },
) =>
  defineRoute({
    operationId,
    method: "GET",
    path,
    tag: "log",
    summary: response.summary,
    roles: ["anyone"],
    rate: "none",
    ...(path.endsWith("*") && { params: object({ "*": Type.String({ description: "path" }) }) }),
    response: { 200: bytes(response.mediaType, response.summary) },
    errors: ["log.no_file", "log.unavailable"],
  });

/** The folder of the log as static files (C2SP tlog-tiles), at the root of block-manager. */
export const logFileRoutes = {
  getNetworkFile: file("getNetworkFile", "/network.json", {
    mediaType: "application/json",
    summary: "The genesis document of the network",
  }),
  getCheckpoint: file("getCheckpoint", "/checkpoint", {
    mediaType: "text/plain",
    summary: "The latest checkpoint as a signed note (C2SP tlog-checkpoint)",
  }),
  getTile: file("getTile", "/tile/*", {
    mediaType: octets,
    summary: "A tile of the tree, or a bundle of entries under `entries/` (C2SP tlog-tiles)",
  }),
  getBodyFile: file("getBodyFile", "/body/*", {
    mediaType: octets,
    summary: "The framed leaves of a block whose epoch is not compacted yet",
  }),
  getCompactFile: file("getCompactFile", "/compact/*", {
    mediaType: octets,
    summary: "A compacted epoch",
  }),
};
