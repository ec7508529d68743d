import { existsSync } from "node:fs";
import { readKeySeed } from "@lucid/platform/data-folder";
import { type Command, ed25519PublicKey, signObject, toHex } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";

/** Signs a command, or says in a sentence why it cannot. */
export type SignCommand = (
  command: Omit<Command, "signature">,
) => { readonly signature: string } | { readonly problem: string };

/** Signs with the network key in a file, which is read anew each time; nodes know the one of the genesis. */
export const createSignCommand =
  ({ genesis, networkId }: Network, file: string): SignCommand =>
  (command) => {
    if (!existsSync(file)) return { problem: `There is no ${file}.` };
    const seed = readKeySeed(file);
    if (toHex(ed25519PublicKey(seed)) !== genesis.network_key)
      return { problem: `${file} holds another key than the network_key of network.json.` };
    return { signature: signObject("command", networkId, command, seed) };
  };
