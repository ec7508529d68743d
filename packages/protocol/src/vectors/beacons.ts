import vectors from "../../../../vectors/beacons.json" with { type: "json" };
import { beaconSalt, createChain } from "../beacons/chain.ts";
import { applyBeacon, createBeaconState, judgeBeacon } from "../beacons/judge.ts";
import { fromHex, sha256, toHex } from "../bytes.ts";

type Chain = (typeof vectors.chains)[number];
type Sequence = (typeof vectors.sequences)[number];
type Claim = { index: number; reveal: string; gap_proven?: boolean; stale?: boolean };

export function recomputeBeacons() {
  return {
    chains: vectors.chains.map(recomputeChain),
    sequences: vectors.sequences.map(playSequence),
  };
}

function recomputeChain({ seed, network_id, public_key, epoch, slots }: Chain) {
  const options = {
    seed: fromHex(seed),
    networkId: network_id,
    publicKeyHex: public_key,
    epoch,
    slots,
  };
  const chain = createChain(options);
  const links = [chain.anchor, ...Array.from({ length: slots }, (_, index) => chain.reveal(index))];
  return {
    seed,
    network_id,
    public_key,
    epoch,
    slots,
    salt: toHex(beaconSalt(network_id, public_key, epoch)),
    anchor: toHex(chain.anchor),
    first_reveal: toHex(chain.reveal(0)),
    last_reveal: toHex(chain.reveal(slots - 1)),
    all: toHex(sha256(...links)),
  };
}

function playSequence({ case: name, anchor, salt, slots, claims }: Sequence) {
  const state = createBeaconState(fromHex(anchor), slots);
  const answers = claims.map((claim: Claim) => {
    const judgement = judgeBeacon(state, {
      index: claim.index,
      reveal: fromHex(claim.reveal),
      salt: fromHex(salt),
      slots,
      gapProven: claim.gap_proven ?? false,
      stale: claim.stale ?? false,
    });
    if (judgement.verdict === "accepted") applyBeacon(state, claim.index, judgement.next);
    return { ...claim, verdict: judgement.verdict };
  });
  const { k, last, accepted } = state;
  return {
    case: name,
    anchor,
    salt,
    slots,
    claims: answers,
    accepted: toHex(accepted),
    k,
    last: toHex(last),
  };
}
