import { slotStart } from "@lucid/protocol";
import { listKeys, type NetworkKey } from "./keys.ts";
import type { NetworkPlan } from "./plan.ts";

/** What the founder prints and keeps: which secret is which and what its loss means. It holds no secret itself. */
export const backupSheet = (plan: NetworkPlan, folder: string): string => {
  const { genesis, networkId, policy, keys } = plan;
  return `${[
    `LUCID NETWORK ${genesis.name}`,
    "",
    `network id   ${networkId}`,
    `begins       ${new Date(slotStart(genesis, genesis.first_slot)).toISOString()} (slot ${genesis.first_slot})`,
    `roots        ${genesis.root_threshold} of ${genesis.root_keys.length} sign a change of keys`,
    `admission    ${policy.admission}`,
    "",
    `Secrets in ${folder}/keys`,
    "Each file holds 64 hex digits. Copy them to two places off this machine, then",
    "compare the fingerprint: sha256 of the 32 bytes, first 8 digits. For a copy FILE:",
    "xxd -r -p FILE | sha256sum | cut -c1-8",
    "",
    ...listKeys(keys).flatMap(keyLines),
    ...(keys.roots.length > 0
      ? ["Root keys belong offline: once copied, remove root-*.key from this machine."]
      : ["Root keys were made elsewhere; only their public halves are in genesis."]),
    "Who has a secret can act as the network. Never send one by mail or chat.",
  ].join("\n")}\n`;
};

const keyLines = ({ file, shows, fingerprint, lost }: NetworkKey): string[] => [
  `${file.padEnd(13)}fingerprint ${fingerprint}`,
  ...(shows === null ? [] : [`${" ".repeat(13)}${shows}`]),
  `${" ".repeat(13)}if lost: ${lost}`,
  "",
];
