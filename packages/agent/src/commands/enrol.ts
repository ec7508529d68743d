import { createClient } from "@lucid/api/client";
import { Command } from "commander";
import { enrolNode, type Enrolled } from "../enrol/index.ts";
import { outputOf, type Io, type Output } from "../program/index.ts";
import { nodeFolder, serviceUrl, withData, type DataOptions } from "./options.ts";
import { chooseWallet, textToSign } from "./wallet-choice.ts";

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
          wallet: await chooseWallet(io, output, {
            address: options.address,
            keyFile: options.walletKeyFile,
            signature: options.walletSignature,
            unsigned: "enrol.unsigned",
            howToSign: (text) => howToSign(text, options),
          }),
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

const howToSign = (text: string, { data, service, address, networkId }: EnrolOptions): string => {
  const again = [
    "lucid node enrol",
    ...(data === undefined ? [] : [`--data ${data}`]),
    `--service ${service}`,
    `--address ${address}`,
    ...(networkId === undefined ? [] : [`--network-id ${networkId}`]),
  ].join(" ");
  return textToSign(text, [
    `Next: ${again} --wallet-signature <hex>`,
    "or, with the wallet's key in a file, --wallet-key-file <file>",
  ]);
};
