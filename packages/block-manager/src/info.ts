import manifest from "../package.json" with { type: "json" };

/** What the API documents say about this service. */
export const serviceInfo = {
  title: "Lucid block-manager",
  version: manifest.version,
  description:
    "Keeps the sealed evidence of a network as a chain of blocks in a transparency log. The log's files stand at the root as C2SP tlog-tiles lays them out, for any auditor; errors are RFC 9457 problems with a stable `code`.",
} as const;
