import { createClient } from "@lucid/api/client";
import { Command } from "commander";
import {
  type AddressChangeView,
  cancelChange,
  changeAddress,
  describeAddress,
  readChanges,
  readOwner,
} from "../address/index.ts";
import { exitCode, Failure, outputOf, type Io } from "../program/index.ts";
import {
  nodeFolder,
  requireMembership,
  serviceUrl,
  withData,
  type DataOptions,
} from "./options.ts";
import { chooseWallet, textToSign } from "./wallet-choice.ts";

type PlaceOptions = DataOptions & { readonly service?: string };
type ChangeOptions = PlaceOptions & {
  readonly to: string;
  readonly newWalletKeyFile?: string;
  readonly newWalletSignature?: string;
  readonly oldWalletKeyFile?: string;
  readonly oldWalletSignature?: string;
  readonly withoutOldWallet?: true;
};
type CancelOptions = PlaceOptions & {
  readonly seq?: string;
  readonly walletKeyFile?: string;
  readonly walletSignature?: string;
};

/** `lucid node address …` */
export const createAddressCommand = (io: Io): Command => {
  const address = new Command("address").description("where the pay goes, and how to change it");
  return address
    .addCommand(createShowCommand(io))
    .addCommand(createChangeCommand(io))
    .addCommand(createCancelCommand(io));
};

const withPlace = (command: Command): Command =>
  withData(command).option("--service <url>", "another address of the same network's service");

const open = async (io: Io, options: PlaceOptions, command: Command) => {
  const output = outputOf(io, command);
  const folder = nodeFolder(io, options);
  const membership = await requireMembership(folder);
  const service = options.service === undefined ? membership.service : serviceUrl(options.service);
  const client = createClient({ baseUrl: service });
  const passed = (step: string): void =>
    output.event("step", { step }, `${output.paint("green", "✓")} ${step}`);
  return { output, folder, client, membership, passed };
};

const createShowCommand = (io: Io): Command =>
  withPlace(new Command("show"))
    .description("the address that is paid now, the change that waits, and every earlier one")
    .action(async (options: PlaceOptions, command: Command) => {
      const { output, client, membership } = await open(io, options, command);
      const { ownerId } = membership;
      const { address } = await readOwner(client, ownerId);
      const changes = await readChanges(client, ownerId);
      output.result({ event: "address", owner_id: ownerId, address, changes }, () =>
        describeAddress(address, changes, output.paint),
      );
    });

const createChangeCommand = (io: Io): Command =>
  withPlace(new Command("change"))
    .description(
      "be paid elsewhere, 48 hours after both wallets have signed, or 30 days after the new one alone",
    )
    .requiredOption("--to <T…>", "the new address")
    .option("--new-wallet-key-file <file>", "sign with the new wallet's key in this file")
    .option("--new-wallet-signature <hex>", "the new wallet's signature of the address text")
    .option("--old-wallet-key-file <file>", "sign with the old wallet's key in this file")
    .option("--old-wallet-signature <hex>", "the old wallet's signature of the same text")
    .option("--without-old-wallet", "it is lost: wait 30 days, in which it could take this back")
    .action(async (options: ChangeOptions, command: Command) => {
      const deps = await open(io, options, command);
      const { output, folder } = deps;
      const choose = (address: string, keyFile?: string, signature?: string) =>
        chooseWallet(io, output, {
          address,
          keyFile,
          signature,
          unsigned: "address.unsigned",
          howToSign: (text) => howToSignChange(text, options),
        });
      const change = await changeAddress(deps, await folder.readKey(), {
        to: options.to,
        newWallet: () => choose(options.to, options.newWalletKeyFile, options.newWalletSignature),
        oldWallet:
          options.withoutOldWallet === true
            ? null
            : (from) => choose(from, options.oldWalletKeyFile, options.oldWalletSignature),
      });
      output.result({ event: "address_change", ...change }, () => change.why);
    });

const createCancelCommand = (io: Io): Command =>
  withPlace(new Command("cancel"))
    .description("the old wallet takes back a change that was made without it")
    .option("--seq <n>", "which change; the one that waits unless given")
    .option("--wallet-key-file <file>", "sign with the old wallet's key in this file")
    .option("--wallet-signature <hex>", "the old wallet's signature of the cancel text")
    .action(async (options: CancelOptions, command: Command) => {
      const deps = await open(io, options, command);
      const { output, client, membership } = deps;
      const change = findChange(await readChanges(client, membership.ownerId), options.seq);
      const wallet = await chooseWallet(io, output, {
        address: change.old_address,
        keyFile: options.walletKeyFile,
        signature: options.walletSignature,
        unsigned: "address.unsigned",
        howToSign: (text) =>
          textToSign(text, [
            `Next: lucid node address cancel --seq ${change.seq} --wallet-signature <hex>`,
          ]),
      });
      const cancelled = await cancelChange(deps, change, wallet);
      output.result({ event: "address_change", ...cancelled }, () => cancelled.why);
    });

const findChange = (
  changes: readonly AddressChangeView[],
  seq: string | undefined,
): AddressChangeView => {
  const isMeant = ({ seq: number, state, with_old_wallet }: AddressChangeView): boolean =>
    seq === undefined
      ? (state === "announced" || state === "pending") && !with_old_wallet
      : String(number) === seq;
  const found = changes.find(isMeant);
  if (found !== undefined) return found;
  const what =
    seq === undefined
      ? "no change waits that the old wallet could take back"
      : `the owner has no change ${seq}`;
  throw new Failure("address.no_change", what, {
    fix: "Look at the changes: lucid node address show",
    exit: exitCode.usage,
  });
};

const howToSignChange = (text: string, { data, to, withoutOldWallet }: ChangeOptions): string =>
  textToSign(text, [
    ...(withoutOldWallet === true
      ? []
      : ["The old wallet signs the same text; if it is lost, say --without-old-wallet."]),
    [
      "Next: lucid node address change",
      ...(data === undefined ? [] : [`--data ${data}`]),
      `--to ${to} --new-wallet-signature <hex>`,
      withoutOldWallet === true ? "--without-old-wallet" : "--old-wallet-signature <hex>",
    ].join(" "),
    "or, with a wallet's key in a file, --new-wallet-key-file and --old-wallet-key-file <file>",
  ]);
