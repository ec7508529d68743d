/** What links call a leaf: its kind, and what tells it from the others of its block. */
export const nameOfEntry = (key: string): string => `ledger_entry:${key}`;
export const nameOfPayout = (payoutId: string): string => `payout:${payoutId}`;
export const nameOfResult = (epoch: number, nodeId: string): string =>
  `epoch_result:${epoch}:${nodeId}`;
export const nameOfClosing = (epoch: number): string => `epoch_closed:${epoch}`;
export const nameOfSeat = (poolId: string, seat: number): string => `seat:${poolId}:${seat}`;
export const nameOfMaintenance = (nodeId: string, fromSlot: number): string =>
  `maintenance:${nodeId}:${fromSlot}`;
export const nameOfAddressChange = (ownerId: string, seq: number): string =>
  `address_change:${ownerId}:${seq}`;

/** The address of a leaf with its proof; `hash` is that of the ledger entry that is expected there. */
export const leafAddress = (height: number, name: string, hash?: string): string => {
  const query = new URLSearchParams({ find: name, ...(hash === undefined ? {} : { hash }) });
  return `/blocks/${height}?${query.toString().replaceAll("%3A", ":")}`;
};
