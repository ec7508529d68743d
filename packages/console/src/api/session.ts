import type { ResponseOf, Routes } from "@lucid/api";
import { createClient, type Client } from "@lucid/api/client";
import { tokenText } from "@lucid/protocol";
import { followEvents } from "./live.ts";
import { queryClient, useOperation } from "./service.ts";

export type Session = NonNullable<ResponseOf<Routes["getSession"]>["session"]>;

/** Who is signed in; null for nobody, and until that is known. */
export const useSession = (): Session | null =>
  useOperation("getSession", {}).data?.value.session ?? null;

/** A client for changes, as whoever is signed in. */
export const clientOf = ({ csrf_token }: Pick<Session, "csrf_token">): Client =>
  createClient({ baseUrl: location.origin, csrfToken: () => csrf_token ?? undefined });

/** Has the browser keep a token where no page can read it, ours included. Throws ApiError when it does not count. */
export const signIn = async (token: string): Promise<void> => {
  const client = createClient({ baseUrl: location.origin, token: () => token });
  await client.call("openSession");
  await meetSession();
};

/** What an owner's wallet is to sign, until when (Unix ms), and what is done with its signature. */
export type WalletChallenge = {
  readonly text: string;
  readonly expiresAt: number;
  readonly answer: (signature: string) => Promise<void>;
};

/** Asks for a text whose signature signs the owner in that is paid at an address. */
export const challengeWallet = async (address: string): Promise<WalletChallenge> => {
  const client = createClient({ baseUrl: location.origin });
  const asked = await client.call("createChallenge");
  const { challenge, expires_at, network_id: networkId } = asked;
  return {
    text: tokenText({ networkId, address, challenge, expiresAt: expires_at }),
    expiresAt: expires_at,
    answer: async (written) => {
      const signature = written.trim().replace(/^0x/i, "").toLowerCase();
      const body = { challenge, expires_at, address, signature };
      const { token } = await client.call("createToken", { body });
      await signIn(token);
    },
  };
};

/** Makes the session's token worthless and has the browser forget it. */
export const signOut = async (session: Session): Promise<void> => {
  await clientOf(session).call("closeSession");
  await meetSession();
  queryClient.removeQueries({ queryKey: ["listAudit"] });
};

/** Reads anew who is signed in, and follows the events that are for them. */
const meetSession = async (): Promise<void> => {
  await queryClient.invalidateQueries({ queryKey: ["getSession"] });
  followEvents();
};
