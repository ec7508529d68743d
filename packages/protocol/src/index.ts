export * from "./addresses/index.ts";
export { auditLineHash, auditRootOf } from "./audit/index.ts";
export { formatAddress, isAddress, parseAddress } from "./address.ts";
export {
  countBits,
  createBitmap,
  getBit,
  isBitmap,
  lastBit,
  setBit,
  setBits,
} from "./beacons/bitmap.ts";
export type { Bitmap } from "./beacons/bitmap.ts";
export { beaconSalt, createChain, step, stepDown } from "./beacons/chain.ts";
export type { BeaconChain } from "./beacons/chain.ts";
export {
  compactEpoch,
  compactEpochLength,
  expandEpoch,
  parseCompactEpoch,
} from "./beacons/compaction.ts";
export type { CompactEpoch, ExpandedEpoch, Reveal } from "./beacons/compaction.ts";
export { applyBeacon, createBeaconState, judgeBeacon, MAX_UNSIGNED_GAP } from "./beacons/judge.ts";
export type {
  AcceptedLink,
  BeaconClaim,
  BeaconJudgement,
  BeaconState,
  BeaconVerdict,
} from "./beacons/judge.ts";
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
export type { Command, CommandProblem, CommandScene } from "./commands.ts";
export * from "./compaction/index.ts";
export { isTorsionFree, isValidPublicKey, verifyStrict } from "./ed25519.ts";
export { checkEnrolment } from "./enrolment.ts";
export type { Enrolment, EnrolmentProblem, EnrolmentVerdict } from "./enrolment.ts";
export { enrolmentPow, findEnrolmentNonce, NO_HEADER_HASH } from "./enrolment-pow.ts";
export { ProtocolError } from "./error.ts";
export * from "./excuses/index.ts";
export type { Problem } from "./fields.ts";
export { demoGenesis, mainnetGenesisTemplate, networkId, parseGenesis } from "./genesis.ts";
export type { Genesis, GenesisChoices } from "./genesis.ts";
export { isNodeId, isOwnerId, nodeId, ownerId } from "./identity.ts";
export * from "./keys/index.ts";
export { verifyChain } from "./ledger/chain.ts";
export type { ChainVerdict } from "./ledger/chain.ts";
export { entryHash, makeEntry, NO_ENTRY_HASH } from "./ledger/entry.ts";
export type { Contra, LedgerDraft, LedgerEntry, LedgerKind } from "./ledger/entry.ts";
export {
  bindingKey,
  ownerAccount,
  payoutId,
  payoutKey,
  payoutReversalKey,
  rewardKey,
  walletKey,
} from "./ledger/keys.ts";
export type { LedgerRule } from "./ledger/rules.ts";
export { formatUsdt, isMicro, MAX_MICRO, MICRO_PER_USDT, parseMicro, parseUsdt } from "./money.ts";
export { firstBeyondCaps, needsPerson } from "./payout-caps.ts";
export type { Approval, CapProblem, PayoutCap } from "./payout-caps.ts";
export { payoutFee, splitPayout } from "./payout-fee.ts";
export { parsePolicy, policyHash, policyInForce } from "./policy.ts";
export type { CreditRates, PayoutRules, Policy, ScoreRules, SealedPolicy } from "./policy.ts";
export { defaultPolicy, demoPolicy } from "./policy-defaults.ts";
export type { PolicyChoices } from "./policy-defaults.ts";
export * from "./records/index.ts";
export { afterOutcome, reputation, REPUTATION_START } from "./reputation.ts";
export type { ReputationEvidence } from "./reputation.ts";
export { epochsCutBy, settlesFromSlot } from "./settlement/cut.ts";
export type { PoolSeat } from "./settlement/pools.ts";
export { createSeating } from "./settlement/seating.ts";
export type { Seating, SeatProblem, TakenSeat } from "./settlement/seating.ts";
export { measurePresence } from "./settlement/presence.ts";
export type { Presence, PresenceEvidence } from "./settlement/presence.ts";
export { epochResultLeaf, recordLeaf, resultsRoot } from "./settlement/records.ts";
export type { EpochClosed, EpochResult } from "./settlement/records.ts";
export { contribution, isValidScore, score, twiceMedian } from "./settlement/score.ts";
export type { ScoreComponents } from "./settlement/score.ts";
export { proratedBudget, settleEpoch } from "./settlement/settle.ts";
export type { NodeEvidence, SettlementInput, SettlementResult } from "./settlement/settle.ts";
export { splitByWeight } from "./settlement/split.ts";
export type { WeightedPart } from "./settlement/split.ts";
export { ed25519PublicKey, signedBytes, signObject, verifyObject } from "./signatures.ts";
export type { SignatureKind } from "./signatures.ts";
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
export type { TimeWindow } from "./time.ts";
export * from "./tlog/index.ts";
export type { Verdict } from "./verdict.ts";
export {
  addressOfKey,
  normaliseSignature,
  recoverAddress,
  signerOf,
  signMessage,
} from "./wallet.ts";
export {
  addressText,
  cancelText,
  enrolText,
  freezeText,
  retireText,
  tokenText,
} from "./wallet-texts.ts";
