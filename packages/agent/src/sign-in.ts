import { type Client, createClient } from "@lucid/api/client";
import { ed25519PublicKey, signObject, toHex } from "@lucid/protocol";

/**
 * A client that speaks as whoever has the Ed25519 key of this seed: a node, or a person of the network. What is signed
 * is for this network and no other, whatever the service says of itself. Throws ApiError when it is not known there.
 */
export const signIn = async (
  service: string,
  networkId: string,
  seed: Uint8Array,
): Promise<Client> => {
  const { challenge, expires_at } = await createClient({ baseUrl: service }).call(
    "createChallenge",
  );
  const answer = { challenge, expires_at, public_key: toHex(ed25519PublicKey(seed)) };
  const signature = signObject("token", networkId, answer, seed);
  const { token } = await createClient({ baseUrl: service }).call("createToken", {
    body: { ...answer, signature },
  });
  return createClient({ baseUrl: service, token: () => token });
};
