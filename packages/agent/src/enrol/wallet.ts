import { readFile } from "node:fs/promises";
import { addressOfKey, normaliseSignature, recoverAddress, signMessage } from "@lucid/protocol";
import { exitCode, Failure } from "../program/index.ts";

/** A way to get a wallet's signature of a text, in hex. */
export type Wallet = (text: string) => Promise<string>;

/** A wallet whose key lies in a file of 64 hex digits; refuses when it is not the key of the address. */
export const walletFromKeyFile = async (path: string, address: string): Promise<Wallet> => {
  const key = (await readFile(path, "utf8")).trim();
  if (!/^[0-9a-f]{64}$/.test(key))
    throw new Failure("wallet.key", `${path} does not hold a wallet key of 64 hex digits`, {
      fix: "Give the file of the wallet's private key, or sign in the wallet and use --wallet-signature",
      exit: exitCode.usage,
    });
  const own = addressOfKey(key);
  if (own !== address)
    throw new Failure("wallet.other", `the key in ${path} belongs to ${own}, not to ${address}`, {
      fix: `Give the key file of ${address}, or say ${own} where the address is asked for`,
      exit: exitCode.usage,
    });
  return async (text) => signMessage(key, text);
};

/** The wallet's signature of a text in its one stored form; refuses any other wallet's. */
export const signText = async (
  wallet: Wallet,
  { text, address, what }: { text: string; address: string; what: string },
): Promise<string> => {
  const signature = normaliseSignature((await wallet(text)).trim());
  const signer = recoverAddress(text, signature);
  if (signer === address) return signature;
  throw new Failure(
    "wallet.signature",
    `this signature is not by ${address} over the ${what} text (it leads to ${signer})`,
    {
      fix: `Sign exactly the printed text, all lines and nothing else, with the wallet ${address}`,
      exit: exitCode.refused,
    },
  );
};
