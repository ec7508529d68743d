import manifest from "../package.json" with { type: "json" };

/** What the API documents say about this service. */
export const serviceInfo = {
  title: "Lucid node-management",
  version: manifest.version,
  description:
    "Registers nodes, accepts their beacons, settles epochs, keeps the ledger and pays owners. Times are ISO-8601 UTC, money is a decimal string in USDT with six places, errors are RFC 9457 problems with a stable `code`.",
} as const;
