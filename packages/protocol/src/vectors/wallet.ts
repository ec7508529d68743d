import vectors from "../../../../vectors/wallet.json" with { type: "json" };
import { formatAddress, parseAddress } from "../address.ts";
import { toHex } from "../bytes.ts";
import { addressOfKey, normaliseSignature, recoverAddress, signMessage } from "../wallet.ts";
import {
  addressText,
  cancelText,
  enrolText,
  freezeText,
  retireText,
  tokenText,
} from "../wallet-texts.ts";
import { refusal } from "./outcome.ts";

export function recomputeWallet() {
  return {
    addresses: vectors.addresses.map(({ private_key }) => {
      const bytes = parseAddress(addressOfKey(private_key));
      return { private_key, bytes: toHex(bytes), address: formatAddress(bytes) };
    }),
    refused_addresses: vectors.refused_addresses.map(({ address }) => ({
      address,
      code: refusal(() => parseAddress(address)),
    })),
    enrol_texts: vectors.enrol_texts.map((given) => ({
      ...given,
      text: enrolText(given.network_id, given.node_id, given.address, given.seq),
    })),
    token_texts: vectors.token_texts.map((given) => ({
      ...given,
      text: tokenText({ ...given, networkId: given.network_id, expiresAt: given.expires_at }),
    })),
    address_texts: vectors.address_texts.map((given) => ({
      ...given,
      text: addressText({ ...given, networkId: given.network_id, ownerId: given.owner_id }),
    })),
    cancel_texts: vectors.cancel_texts.map((given) => ({
      ...given,
      text: cancelText(given.network_id, given.owner_id, given.seq),
    })),
    node_texts: vectors.node_texts.map(({ network_id, node_id, seq }) => ({
      network_id,
      node_id,
      seq,
      freeze: freezeText(network_id, node_id, seq),
      retire: retireText(network_id, node_id, seq),
    })),
    signatures: vectors.signatures.map(({ private_key, text }) => {
      const signature = signMessage(private_key, text);
      return { private_key, text, signature, address: recoverAddress(text, signature) };
    }),
    normalised: vectors.normalised.map(({ given }) => ({
      given,
      signature: normaliseSignature(given),
    })),
    refused_signatures: vectors.refused_signatures.map((given) => ({
      ...given,
      code: refusal(() => recoverAddress(given.text, given.signature)),
    })),
  };
}
