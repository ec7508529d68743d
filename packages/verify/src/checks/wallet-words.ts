import { ProtocolError, recoverAddress } from "@lucid/protocol";

/** What an owner's wallet signs to change an address: the old and the new one sign the same words. */
export const addressText = (change: {
  networkId: string;
  ownerId: string;
  from: string;
  to: string;
  seq: number;
}): string =>
  [
    "lucid address v1",
    `network: ${change.networkId}`,
    `owner: ${change.ownerId}`,
    `from: ${change.from}`,
    `to: ${change.to}`,
    `seq: ${change.seq}`,
  ].join("\n");

/** What the old wallet signs to take back change number `seq`. */
export const cancelText = (networkId: string, ownerId: string, seq: number): string =>
  ["lucid cancel v1", `network: ${networkId}`, `owner: ${ownerId}`, `seq: ${seq}`].join("\n");

/** What an owner's wallet signs to freeze or retire one of its nodes. */
export const standingText = (
  action: "freeze" | "retire",
  node: { networkId: string; nodeId: string; seq: number },
): string =>
  [
    `lucid ${action} v1`,
    `network: ${node.networkId}`,
    `node: ${node.nodeId}`,
    `seq: ${node.seq}`,
  ].join("\n");

/** Whether the wallet of an address signed a text; what is no signature was signed by nobody. */
export const isSignedBy = (address: string, text: string, signature: string): boolean => {
  try {
    return recoverAddress(text, signature) === address;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
};
