import { isCancel, text as ask } from "@clack/prompts";
import { walletFromKeyFile, type Wallet } from "../enrol/index.ts";
import { exitCode, Failure, type Io, type Output } from "../program/index.ts";

export type WalletChoice = {
  readonly address: string;
  /** 64 hex digits in a file. */
  readonly keyFile: string | undefined;
  /** Made elsewhere. */
  readonly signature: string | undefined;
  /** The code of the failure when nobody has signed. */
  readonly unsigned: string;
  /** What a person reads who has yet to sign. */
  readonly howToSign: (text: string) => string;
};

/** Gets a wallet's signature from a key file, from the command line, or from the person at the terminal. */
export const chooseWallet = async (
  io: Io,
  output: Output,
  { address, keyFile, signature, unsigned, howToSign }: WalletChoice,
): Promise<Wallet> => {
  if (keyFile !== undefined) return walletFromKeyFile(keyFile, address);
  if (signature !== undefined) return async () => signature;
  if (io.interactive && !output.json) return askWallet(address);
  return async (text) => {
    output.event("text_to_sign", { address, text }, howToSign(text));
    throw new Failure(unsigned, `the wallet ${address} has not signed`, {
      fix: "Sign the text (TIP-191, signMessageV2) and run this again with the signature",
      exit: exitCode.usage,
      told: true,
    });
  };
};

/** The text and how it is signed, followed by what comes next. */
export const textToSign = (text: string, next: readonly string[]): string =>
  [
    "",
    "The wallet has to sign exactly this text:",
    "",
    text,
    "",
    'One signs it in a TRON wallet with "sign message" (TIP-191, signMessageV2 in TronWeb).',
    ...next,
  ].join("\n");

/** Asks the person at the terminal for the wallet's signature. */
export const askWallet =
  (address: string): Wallet =>
  async (text) => {
    const answer = await ask({
      message: `Sign exactly this text with the wallet ${address} (signMessageV2), then paste the signature:\n\n${text}\n`,
      placeholder: "0x…",
      validate: (value) =>
        /^(0x)?[0-9a-fA-F]{130}$/.test((value ?? "").trim())
          ? undefined
          : "A signature has 65 bytes: 130 hex digits, with or without 0x.",
    });
    if (!isCancel(answer)) return answer;
    throw new Failure("interrupted", "nothing was sent: no signature was given", {
      exit: exitCode.interrupted,
    });
  };
