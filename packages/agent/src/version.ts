import manifest from "../package.json" with { type: "json" };

/** Travels with every beacon. */
export const version = manifest.version;
