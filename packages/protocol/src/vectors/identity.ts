import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import vectors from "../../../../vectors/identity.json" with { type: "json" };
import { checkEnrolment } from "../enrolment.ts";
import { enrolmentPow, findEnrolmentNonce } from "../enrolment-pow.ts";
import { parseGenesis } from "../genesis.ts";
import { nodeId, ownerId } from "../identity.ts";

const genesis = parseGenesis(genesisVectors.networks[0]?.genesis);

export function recomputeIdentity() {
  return {
    nodes: vectors.nodes.map(({ public_key }) => ({ public_key, node_id: nodeId(public_key) })),
    owners: vectors.owners.map(({ network_id, address }) => ({
      network_id,
      address,
      owner_id: ownerId(network_id, address),
    })),
    pow: vectors.pow.map((given) => {
      const { network_id, header_hash, public_key, bits } = given;
      const nonce = findEnrolmentNonce(network_id, header_hash, public_key, bits);
      return {
        ...given,
        nonce,
        zero_bits: enrolmentPow(network_id, header_hash, public_key, nonce),
      };
    }),
    enrolments: vectors.enrolments.map((given) => {
      const rules = { ...genesis, enrol_pow_bits: given.enrol_pow_bits };
      const headerHashes = new Set([given.header_hash]);
      const verdict = checkEnrolment(rules, given.network_id, given.enrolment, { headerHashes });
      return {
        ...given,
        ...(verdict.ok ? { node_id: verdict.nodeId, owner_id: verdict.ownerId } : verdict),
      };
    }),
  };
}
