import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exitCode, Failure, issueToken } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { type Client, createClient } from "@lucid/api/client";
import { fromHex, isHex } from "@lucid/protocol";

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
  const { token } = await issueAdminToken(service, keyFile);
  return createClient({
    baseUrl: service,
    token: () => token,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
};

/** Signs in with the key in a file. Throws as `signInAsAdmin` does. */
export const issueAdminToken = async (
  service: string,
  keyFile: string,
): Promise<ResponseOf<Routes["createToken"]>> => issueToken(service, await readAdminKey(keyFile));

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
