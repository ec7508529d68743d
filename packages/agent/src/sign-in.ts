import type { ResponseOf, Routes } from "@lucid/api";
import { ApiError, type Client, createClient } from "@lucid/api/client";
import { ed25519PublicKey, isHex, signObject, toHex, tokenText } from "@lucid/protocol";
import { signText, type Wallet } from "./enrol/index.ts";

/**
 * A token for whoever has the Ed25519 key of this seed: a node, or a person of the network. Signs for the network that is
 * named and no other, or else for the one that the service calls its own. Throws ApiError when the key is not known there.
 */
export const issueToken = async (
  service: string,
  seed: Uint8Array,
  networkId?: string,
): Promise<ResponseOf<Routes["createToken"]>> => {
  const client = createClient({ baseUrl: service });
  const { challenge, expires_at, network_id } = await askChallenge(client);
  const answer = { challenge, expires_at, public_key: toHex(ed25519PublicKey(seed)) };
  const signature = signObject("token", networkId ?? network_id, answer, seed);
  return client.call("createToken", { body: { ...answer, signature } });
};

/** Only what is a challenge is signed: something else may stand at the address of the service. */
const askChallenge = async (client: Client) => {
  const asked = await client.call("createChallenge");
  if (isHex(asked.challenge, 32) && Number.isSafeInteger(asked.expires_at)) return asked;
  throw new ApiError("client.unexpected", "what was asked for a challenge is no service of Lucid");
};

/** A client that speaks as the owner who is paid at an address: its wallet signs. Refuses any other wallet's signature. */
export const signInWithWallet = async (
  wallet: Wallet,
  { service, networkId, address }: { service: string; networkId: string; address: string },
): Promise<Client> => {
  const client = createClient({ baseUrl: service });
  const { challenge, expires_at } = await askChallenge(client);
  const text = tokenText({ networkId, address, challenge, expiresAt: expires_at });
  const signature = await signText(wallet, { text, address, what: "sign-in" });
  const { token } = await client.call("createToken", {
    body: { challenge, expires_at, address, signature },
  });
  return createClient({ baseUrl: service, token: () => token });
};

/** A client that speaks as that node or person. */
export const signIn = async (
  service: string,
  seed: Uint8Array,
  networkId: string,
): Promise<Client> => {
  const { token } = await issueToken(service, seed, networkId);
  return createClient({ baseUrl: service, token: () => token });
};
