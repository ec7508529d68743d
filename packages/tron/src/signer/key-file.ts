import { readFileSync, statSync } from "node:fs";
import { reasonOf, SignerFault } from "./fault.ts";

/** The wallet's key. Throws `signer.key` unless the file is this user's alone and holds 64 hex digits. */
export const readWalletKey = (path: string): string => {
  let text: string;
  try {
    const { mode, uid } = statSync(path);
    if ((mode & 0o077) !== 0)
      throw new SignerFault("signer.key", `${path} can be read by others: chmod 600 ${path}`);
    if (uid !== process.getuid?.())
      throw new SignerFault("signer.key", `${path} belongs to another user than the signer's`);
    text = readFileSync(path, "utf8").trim();
  } catch (cause) {
    if (cause instanceof SignerFault) throw cause;
    throw new SignerFault("signer.key", `the wallet's key cannot be read: ${reasonOf(cause)}`, {
      cause,
    });
  }
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new SignerFault("signer.key", `${path} has to hold a key of 64 lower-case hex digits`);
};
