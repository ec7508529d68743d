/**
 * The arrows of the house: who may import whom. Read by the linter and by the test that checks ARCHITECTURE.md.
 * A package may import only what stands in its row; a feature of node-management only what stands before it.
 */
export const packageArrows = {
  protocol: [],
  api: ["protocol"],
  platform: ["protocol"],
  verify: ["protocol"],
  tron: ["protocol"],
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

export const featureOrder = [
  "shared",
  "access",
  "policy",
  "registry",
  "ledger",
  "beacons",
  "sealing",
  "epochs",
  "treasury",
  "payouts",
  "network",
] as const;

export type PackageName = keyof typeof packageArrows;
export const packageNames = Object.keys(packageArrows) as PackageName[];
