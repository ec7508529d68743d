import { logFileRoutes } from "./log-files.ts";

const { getNetworkFile, getCheckpoint, getTile, getBodyFile, getCompactFile } = logFileRoutes;
const from = "Passed on from block-manager, so that one address is enough.";

/** The folder of the log under `/log` of node-management: what block-manager serves at its root. */
export const logProxyRoutes = {
  getLogNetworkFile: {
    ...getNetworkFile,
    operationId: "getLogNetworkFile",
    path: "/log/network.json",
    description: from,
  },
  getLogCheckpoint: {
    ...getCheckpoint,
    operationId: "getLogCheckpoint",
    path: "/log/checkpoint",
    description: from,
  },
  getLogTile: { ...getTile, operationId: "getLogTile", path: "/log/tile/*", description: from },
  getLogBody: { ...getBodyFile, operationId: "getLogBody", path: "/log/body/*", description: from },
  getLogCompact: {
    ...getCompactFile,
    operationId: "getLogCompact",
    path: "/log/compact/*",
    description: from,
  },
} as const;
