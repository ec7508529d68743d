/** Chain parameters; on TRON they change by vote. Values in sun, units or milliseconds. */
export const PARAMETERS = {
  energyFeeSun: 100n,
  bandwidthFeeSun: 1000n,
  maxFeeLimitSun: 15_000_000_000n,
  freeBandwidth: 600,
  maxTransactionBytes: 512_000,
  maxLifetimeMs: 24 * 60 * 60 * 1000,
  /** What is used of a resource comes back over a day. */
  recoveryMs: 24 * 60 * 60 * 1000,
  /** A transaction may name any of this many blocks. */
  refBlockWindow: 65_536,
  /** Added to the size of a transaction for its result (java-tron, Constant.MAX_RESULT_SIZE_IN_TX). */
  resultBytes: 64,
} as const;

/** What one call of the token uses, as seen on mainnet. */
export const ENERGY = {
  transferToHolder: 64_285,
  transferToNewHolder: 130_285,
  secondLog: 20_000,
  reverted: 3_345,
  read: 935,
} as const;

/** Names and values of `wallet/getchainparameters`. */
export const CHAIN_PARAMETERS = [
  { key: "getMaintenanceTimeInterval", value: 21_600_000 },
  { key: "getCreateAccountFee", value: 100_000 },
  { key: "getTransactionFee", value: Number(PARAMETERS.bandwidthFeeSun) },
  { key: "getEnergyFee", value: Number(PARAMETERS.energyFeeSun) },
  { key: "getMaxFeeLimit", value: Number(PARAMETERS.maxFeeLimitSun) },
  { key: "getFreeNetLimit", value: PARAMETERS.freeBandwidth },
  { key: "getMemoFee", value: 1_000_000 },
  { key: "getMultiSignFee", value: 1_000_000 },
  { key: "getAllowDynamicEnergy" },
  { key: "getDynamicEnergyThreshold", value: 5_000_000_000 },
  { key: "getDynamicEnergyIncreaseFactor", value: 2000 },
  { key: "getDynamicEnergyMaxFactor", value: 34_000 },
];
