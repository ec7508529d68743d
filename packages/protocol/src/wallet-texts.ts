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

/** What wallets sign to change an owner's address: the new one, and for the short delay the old one too. */
export function addressText(change: {
  networkId: string;
  ownerId: string;
  from: string;
  to: string;
  seq: number;
}): string {
  return [
    "lucid address v1",
    `network: ${change.networkId}`,
    `owner: ${change.ownerId}`,
    `from: ${change.from}`,
    `to: ${change.to}`,
    `seq: ${change.seq}`,
  ].join("\n");
}

/** What the old wallet signs to take back a change that was made without it; `seq` is that of the change. */
export function cancelText(networkId: string, ownerId: string, seq: number): string {
  return ["lucid cancel v1", `network: ${networkId}`, `owner: ${ownerId}`, `seq: ${seq}`].join(
    "\n",
  );
}

/** What an owner's wallet signs to suspend a node at once. */
export function freezeText(networkId: string, nodeId: string, seq: number): string {
  return nodeText("lucid freeze v1", networkId, nodeId, seq);
}

/** What an owner's wallet signs to retire a node for ever. */
export function retireText(networkId: string, nodeId: string, seq: number): string {
  return nodeText("lucid retire v1", networkId, nodeId, seq);
}

function nodeText(title: string, networkId: string, nodeId: string, seq: number): string {
  return [title, `network: ${networkId}`, `node: ${nodeId}`, `seq: ${seq}`].join("\n");
}
