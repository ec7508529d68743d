import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exitCode, Failure } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { type Client, createClient } from "@lucid/api/client";
import { ed25519PublicKey, fromHex, isHex, signObject, toHex } from "@lucid/protocol";

/**
 * A client that speaks as the administrator whose key `lucid init` made, or as the person whose key file is named.
 * Throws a Failure when the key is not there, ApiError when the service does not know it.
 */
export const signInAsAdmin = async (
  data: string,
  service: string,
  keyFile = join(data, "keys", "admin.key"),
  { timeoutMs }: { readonly timeoutMs?: number } = {},
): Promise<Client> => {
  const { token } = await issueToken(service, keyFile);
  return createClient({
    baseUrl: service,
    token: () => token,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
};

/** Signs in with the key in a file. Throws as `signInAsAdmin` does. */
export const issueToken = async (
  service: string,
  keyFile: string,
): Promise<ResponseOf<Routes["createToken"]>> => {
  const seed = await readAdminKey(keyFile);
  const client = createClient({ baseUrl: service });
  const { challenge, expires_at, network_id } = await client.call("createChallenge");
  const answer = { challenge, expires_at, public_key: toHex(ed25519PublicKey(seed)) };
  const signature = signObject("token", network_id, answer, seed);
  return client.call("createToken", { body: { ...answer, signature } });
};

const readAdminKey = async (path: string): Promise<Uint8Array> => {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Failure("admin.key", `${path} cannot be read`, {
      fix: "Name the network's folder with --data, as lucid init made it",
      exit: exitCode.folder,
      cause,
    });
  });
  if (isHex(text.trim(), 32)) return fromHex(text.trim(), 32);
  throw new Failure("admin.key", `${path} does not hold 64 hex digits`, {
    fix: "Put the file back that lucid init wrote",
    exit: exitCode.folder,
  });
};
