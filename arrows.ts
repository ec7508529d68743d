/**
 * The arrows of the house: who may import whom. Read by the linter and by the test that checks ARCHITECTURE.md.
 * A package may import only what stands in its row; a feature of a service only what stands before it.
 */
export const packageArrows = {
  protocol: [],
  api: ["protocol"],
  platform: ["protocol"],
  verify: ["protocol"],
  // The signer, a program of its own, reads settings and the public log itself; nothing else in the package may.
  tron: ["platform", "verify", "protocol"],
  "tron-devnet": [],
  "node-management": ["api", "platform", "tron", "protocol"],
  "block-manager": ["api", "platform", "verify", "protocol"],
  agent: ["api", "platform", "protocol"],
  cli: [
    "node-management",
    "block-manager",
    "agent",
    "tron-devnet",
    "verify",
    "api",
    "platform",
    "tron",
    "protocol",
  ],
  console: ["api", "verify", "protocol"],
} as const satisfies Record<string, readonly string[]>;

/** The features of each service in their order; `shared` is open to all of them. */
export const featureOrders = {
  "node-management": [
    "shared",
    "audit",
    "access",
    "policy",
    "registry",
    "addresses",
    "ledger",
    "pools",
    "commands",
    "maintenance",
    "beacons",
    "sealing",
    "epochs",
    "holds",
    "treasury",
    "clearance",
    "payouts",
    "resources",
    "network",
  ],
  "block-manager": [
    "shared",
    "disk",
    "store",
    "copy",
    "compact",
    "append",
    "fsck",
    "scrub",
    "mirror",
    "publish",
    "cosign",
  ],
} as const satisfies Partial<Record<keyof typeof packageArrows, readonly string[]>>;

export type PackageName = keyof typeof packageArrows;
export type ServiceName = keyof typeof featureOrders;
export const serviceNames = Object.keys(featureOrders) as ServiceName[];
export const packageNames = Object.keys(packageArrows) as PackageName[];
