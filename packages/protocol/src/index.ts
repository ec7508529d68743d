export * from "./addresses/index.ts";
export { auditLineHash, auditRootOf } from "./audit/index.ts";
export { formatAddress, isAddress, parseAddress } from "./address.ts";
export { countBits, createBitmap, getBit, setBit, setBits } from "./beacons/bitmap.ts";
export type { Bitmap } from "./beacons/bitmap.ts";
export { beaconSalt, createChain, step, stepDown } from "./beacons/chain.ts";
export type { BeaconChain } from "./beacons/chain.ts";
export { compactEpoch } from "./beacons/compaction.ts";
export type { Reveal } from "./beacons/compaction.ts";
export { applyBeacon, createBeaconState, judgeBeacon, MAX_UNSIGNED_GAP } from "./beacons/judge.ts";
export type { BeaconClaim, BeaconJudgement, BeaconState, BeaconVerdict } from "./beacons/judge.ts";
export * from "./block/index.ts";
export * from "./body/index.ts";
export {
  base32,
  compareBytes,
  concat,
  equalBytes,
  fromHex,
  isHex,
  labelledHash,
  sha256,
  toHex,
  u64,
  utf8,
} from "./bytes.ts";
export { decode, encode, encodeText } from "./canonical.ts";
export { checkCommand, commandId, commandNumber } from "./commands.ts";
export type { Command } from "./commands.ts";
export * from "./compaction/index.ts";
export { checkEnrolment } from "./enrolment.ts";
export type { Enrolment, EnrolmentProblem } from "./enrolment.ts";
export { findEnrolmentNonce, NO_HEADER_HASH } from "./enrolment-pow.ts";
export { ProtocolError } from "./error.ts";
export * from "./excuses/index.ts";
export type { Problem } from "./fields.ts";
export { demoGenesis, mainnetGenesisTemplate, networkId, parseGenesis } from "./genesis.ts";
export type { Genesis } from "./genesis.ts";
export { isOwnerId, nodeId, ownerId } from "./identity.ts";
export * from "./keys/index.ts";
export { verifyChain } from "./ledger/chain.ts";
export type { ChainVerdict } from "./ledger/chain.ts";
export { entryHash, makeEntry } from "./ledger/entry.ts";
export type { LedgerDraft, LedgerEntry, LedgerKind } from "./ledger/entry.ts";
export {
  bindingKey,
  ownerAccount,
  payoutId,
  payoutKey,
  payoutReversalKey,
  rewardKey,
  walletKey,
} from "./ledger/keys.ts";
export { formatUsdt, MAX_MICRO, MICRO_PER_USDT, parseMicro, parseUsdt } from "./money.ts";
export { firstBeyondCaps, needsPerson } from "./payout-caps.ts";
export type { Approval } from "./payout-caps.ts";
export { payoutFee, splitPayout } from "./payout-fee.ts";
export { parsePolicy, policyHash, policyInForce } from "./policy.ts";
export type { PayoutRules, Policy, SealedPolicy } from "./policy.ts";
export { defaultPolicy, demoPolicy } from "./policy-defaults.ts";
export * from "./records/index.ts";
export { reputation, REPUTATION_START } from "./reputation.ts";
export { epochsCutBy } from "./settlement/cut.ts";
export type { PoolSeat } from "./settlement/pools.ts";
export { createSeating } from "./settlement/seating.ts";
export type { Seating } from "./settlement/seating.ts";
export { measurePresence, type Presence } from "./settlement/presence.ts";
export { recordLeaf, resultsRoot } from "./settlement/records.ts";
export type { EpochClosed, EpochResult } from "./settlement/records.ts";
export { contribution, score } from "./settlement/score.ts";
export { proratedBudget, settleEpoch } from "./settlement/settle.ts";
export type { NodeEvidence, SettlementInput, SettlementResult } from "./settlement/settle.ts";
export { splitByWeight } from "./settlement/split.ts";
export { ed25519PublicKey, signObject, verifyObject } from "./signatures.ts";
export * from "./standings/index.ts";
export {
  acceptanceWindow,
  beaconOffsetMs,
  commitmentWindow,
  epochOf,
  firstSlotOf,
  slotAt,
  slotEnd,
  slotIndex,
  slotStart,
} from "./time.ts";
export * from "./tlog/index.ts";
export type { Verdict } from "./verdict.ts";
export { addressOfKey, normaliseSignature, recoverAddress, signMessage } from "./wallet.ts";
export {
  addressText,
  cancelText,
  enrolText,
  freezeText,
  retireText,
  tokenText,
} from "./wallet-texts.ts";
