import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exitCode, Failure, issueToken } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { type Client, createClient } from "@lucid/api/client";
import { fromHex, isHex } from "@lucid/protocol";

/** Where a network's service is, and the folder whose `keys/admin.key` signs in there. */
export type Place = { readonly data: string; readonly service: string };

/** The same for people who have a key of their own. */
export type KeyedPlace = Place & { readonly key?: string };

/**
 * A client that speaks as the administrator whose key `lucid init` made, or as the person whose key file is named.
 * Throws a Failure when the key is not there, ApiError when the service does not know it.
 */
export const signInAsAdmin = async (
  place: KeyedPlace,
  { timeoutMs }: { readonly timeoutMs?: number } = {},
): Promise<Client> => {
  const { token } = await issueAdminToken(place);
  return createClient({
    baseUrl: place.service,
    token: () => token,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
};

/** Signs in as `signInAsAdmin` does, and throws as that does. */
export const issueAdminToken = async ({
  data,
  service,
  key = join(data, "keys", "admin.key"),
}: KeyedPlace): Promise<ResponseOf<Routes["createToken"]>> =>
  issueToken(service, await readAdminKey(key));

const readAdminKey = async (path: string): Promise<Uint8Array> => {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Failure("admin.key", `${path} cannot be read`, {
      fix: "Name the network's folder with --data, as lucid init made it, or a key of your own with --key",
      exit: exitCode.folder,
      cause,
    });
  });
  if (isHex(text.trim(), 32)) return fromHex(text.trim(), 32);
  throw new Failure("admin.key", `${path} does not hold 64 hex digits`, {
    fix: "Put the key's file back as it was made",
    exit: exitCode.folder,
  });
};
