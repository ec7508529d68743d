import type { ResponseOf, Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Command, InvalidArgumentError } from "commander";
import { walletFromKeyFile, type Wallet } from "../enrol/index.ts";
import { exitCode, Failure, outputOf, type Io } from "../program/index.ts";
import { signInWithWallet } from "../sign-in.ts";
import {
  nodeFolder,
  requireMembership,
  serviceUrl,
  withData,
  type DataOptions,
} from "./options.ts";
import { askWallet } from "./wallet-choice.ts";

type Owner = ResponseOf<Routes["getOwner"]>;
type Options = DataOptions & { readonly service?: string; readonly walletKeyFile?: string };

/** `lucid node threshold`: from which balance on the owner is paid; setting it takes the owner's wallet. */
export const createThresholdCommand = (io: Io): Command =>
  withData(new Command("threshold"))
    .description("from which balance on its owner is paid: see it, or set it with the wallet")
    .argument("[usdt]", "like 25.50; 0 for the network's own", usdt)
    .option("--wallet-key-file <file>", "sign in with the wallet's key in this file")
    .option("--service <url>", "another address of the same network's service")
    .action(async (wanted: string | undefined, options: Options, command: Command) => {
      const membership = await requireMembership(nodeFolder(io, options));
      const service = serviceUrl(options.service ?? membership.service);
      const client = createClient({ baseUrl: service });
      const { threshold_usdt: network } = await client.call("getPayoutThreshold", {});
      const params = { owner_id: membership.ownerId };
      const now = await client.call("getOwner", { params });
      const owner =
        wanted === undefined
          ? now
          : await setThreshold(await openWallet(io, command, { ...options, service, owner: now }), {
              ...membership,
              service,
              address: now.address,
              wanted,
            });
      const { owner_id, threshold_usdt } = owner;
      outputOf(io, command).result(
        { event: "threshold", owner_id, threshold_usdt, network_threshold_usdt: network },
        () => describe(owner, network),
      );
    });

type Wanted = {
  readonly service: string;
  readonly networkId: string;
  readonly ownerId: string;
  readonly address: string;
  readonly wanted: string;
};

const setThreshold = async (
  wallet: Wallet,
  { ownerId, wanted, ...place }: Wanted,
): Promise<Owner> => {
  const client = await signInWithWallet(wallet, place);
  const body = { threshold_usdt: wanted };
  return client.call("setOwnerThreshold", { params: { owner_id: ownerId }, body });
};

type Place = { readonly walletKeyFile?: string; readonly service: string; readonly owner: Owner };

/** The text to sign is another one each time, so it has to be signed while this runs. */
const openWallet = async (io: Io, command: Command, place: Place): Promise<Wallet> => {
  const { walletKeyFile, service, owner } = place;
  const { address, owner_id } = owner;
  if (walletKeyFile !== undefined) return walletFromKeyFile(walletKeyFile, address);
  if (io.interactive && !outputOf(io, command).json) return askWallet(address);
  throw new Failure("wallet.unsigned", `the wallet ${address} has to sign in to set this`, {
    fix: `Give --wallet-key-file, run this in a terminal to paste a signature, or set it on ${service}/owners/${owner_id}`,
    exit: exitCode.usage,
  });
};

const describe = ({ owner_id, threshold_usdt, waits }: Owner, network: string): string =>
  [
    threshold_usdt === "0.000000"
      ? `${owner_id} is paid from the network's ${network} USDT on.`
      : `${owner_id} asks to be paid from ${threshold_usdt} USDT on; the network pays from ${network} USDT on.`,
    waits,
  ].join("\n");

const usdt = (text: string): string => {
  if (/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$/.test(text)) return text;
  throw new InvalidArgumentError("Write an amount in USDT with at most six decimals, like 25.50.");
};
