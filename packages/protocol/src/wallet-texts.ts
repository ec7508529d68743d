/**
 * What an owner's wallet signs to enrol a node: LF between lines, none at the end.
 * @param networkId hex of 32 bytes; `address` base58; `seq` counts from 0
 */
export function enrolText(networkId: string, nodeId: string, address: string, seq: number): string {
  return [
    "lucid enrol v1",
    `network: ${networkId}`,
    `node: ${nodeId}`,
    `pay to: ${address}`,
    `seq: ${seq}`,
    "public for ever: node, address, presence, pay",
  ].join("\n");
}

/** What an owner's wallet signs to sign in. `challenge` is hex of 32 bytes, `expiresAt` Unix ms. */
export function tokenText(token: {
  networkId: string;
  address: string;
  challenge: string;
  expiresAt: number;
}): string {
  return [
    "lucid token v1",
    `network: ${token.networkId}`,
    `address: ${token.address}`,
    `challenge: ${token.challenge}`,
    `expires at: ${token.expiresAt}`,
  ].join("\n");
}
