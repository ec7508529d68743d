import { isCancel, text as ask } from "@clack/prompts";
import { createClient } from "@lucid/api/client";
import { Command } from "commander";
import { enrolNode, walletFromKeyFile, type Enrolled, type Wallet } from "../enrol/index.ts";
import { exitCode, Failure, outputOf, type Io, type Output } from "../program/index.ts";
import { nodeFolder, serviceUrl, withData, type DataOptions } from "./options.ts";

type EnrolOptions = DataOptions & {
  readonly service: string;
  readonly address: string;
  readonly walletKeyFile?: string;
  readonly walletSignature?: string;
  readonly networkId?: string;
};

/** `lucid node enrol` */
export const createEnrolCommand = (io: Io): Command =>
  withData(new Command("enrol"))
    .description(
      "join a network: the node's key and your wallet sign, the service checks (exit code 2: the wallet has yet to sign)",
    )
    .requiredOption("--service <url>", "address of the network's node-management")
    .requiredOption("--address <T…>", "where the pay goes: a TRON wallet that can sign messages")
    .option("--wallet-key-file <file>", "sign with the wallet key in this file (64 hex digits)")
    .option("--wallet-signature <hex>", "the wallet's signature of the enrolment text")
    .option("--network-id <hex>", "refuse any other network")
    .action(async (options: EnrolOptions, command: Command) => {
      const output = outputOf(io, command);
      const service = serviceUrl(options.service);
      const enrolled = await enrolNode(
        {
          client: createClient({ baseUrl: service }),
          folder: nodeFolder(io, options),
          now: () => io.clock.now(),
          wallet: await chooseWallet(io, output, options),
          passed: (check) =>
            output.event("check", { check }, `${output.paint("green", "✓")} ${check}`),
          working: (what) =>
            output.event("working", { what }, `${output.paint("dim", "…")} ${what}`),
          warn: (line) => output.warn(line),
        },
        { service, address: options.address, networkId: options.networkId ?? null },
      );
      output.result({ event: "enrolled", ...snakeCase(enrolled) }, () =>
        sentence(enrolled, output),
      );
    });

const snakeCase = (enrolled: Enrolled) => ({
  node_id: enrolled.nodeId,
  owner_id: enrolled.ownerId,
  network_id: enrolled.networkId,
  address: enrolled.address,
  standing: enrolled.standing,
});

const sentence = (enrolled: Enrolled, { paint }: Output): string =>
  [
    `${paint("bold", enrolled.nodeId)} is enrolled for ${enrolled.ownerId}.`,
    whatIsNext(enrolled),
  ].join("\n");

const whatIsNext = ({ standing, admission }: Enrolled): string => {
  if (standing !== "pending") return `Its standing is ${standing}. Next: lucid node run`;
  return admission === "approval"
    ? "Its standing is pending: the network's people decide. Run it already; it counts once they approve."
    : "It becomes active with the next slot. Next: lucid node run";
};

const chooseWallet = async (io: Io, output: Output, options: EnrolOptions): Promise<Wallet> => {
  const { walletKeyFile, walletSignature, address } = options;
  if (walletKeyFile !== undefined) return walletFromKeyFile(walletKeyFile, address);
  if (walletSignature !== undefined) return async () => walletSignature;
  if (io.interactive && !output.json) return askWallet(address);
  return async (text) => {
    output.event("text_to_sign", { address, text }, howToSign(text, options));
    throw new Failure("enrol.unsigned", `the wallet ${address} has not signed`, {
      fix: "Sign the text (TIP-191, signMessageV2) and run this again with --wallet-signature <hex>",
      exit: exitCode.usage,
      told: true,
    });
  };
};

const howToSign = (text: string, { data, service, address, networkId }: EnrolOptions): string => {
  const again = [
    "lucid node enrol",
    ...(data === undefined ? [] : [`--data ${data}`]),
    `--service ${service}`,
    `--address ${address}`,
    ...(networkId === undefined ? [] : [`--network-id ${networkId}`]),
  ].join(" ");
  return [
    "",
    "The wallet has to sign exactly this text:",
    "",
    text,
    "",
    'One signs it in a TRON wallet with "sign message" (TIP-191, signMessageV2 in TronWeb).',
    `Next: ${again} --wallet-signature <hex>`,
    "or, with the wallet's key in a file, --wallet-key-file <file>",
  ].join("\n");
};

const askWallet =
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
    throw new Failure("interrupted", "not enrolled: no signature was given", {
      exit: exitCode.interrupted,
    });
  };
