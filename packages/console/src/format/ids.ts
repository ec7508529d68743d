/** Enough of an id to tell it from its neighbours: `node_ab3k…9x2m`; short ones stay whole. */
export const shortId = (id: string): string => {
  const { prefix, body } = splitPrefix(id);
  return body.length <= 10 ? id : `${prefix}${body.slice(0, 4)}…${body.slice(-4)}`;
};

const splitPrefix = (id: string): { prefix: string; body: string } => {
  const end = id.indexOf("_") + 1;
  return { prefix: id.slice(0, end), body: id.slice(end) };
};

/** The page of an id that somebody typed or pasted, or null when it is not an id of ours. */
export const pageOfId = (text: string): string | null => {
  const id = text.trim().toLowerCase();
  if (/^node_[a-z2-7]{32}$/.test(id)) return `/nodes/${id}`;
  if (/^owner_[a-z2-7]{32}$/.test(id)) return `/owners/${id}`;
  if (/^payout_[a-z2-7]{26}$/.test(id)) return `/payouts/${id}`;
  if (/^pool_[a-z0-9]+(_[a-z0-9]+)*$/.test(id)) return `/pools/${id}`;
  if (/^(epoch )?[0-9]{1,12}$/.test(id)) return `/epochs/${id.replace("epoch ", "")}`;
  if (/^block [0-9]{1,15}$/.test(id)) return `/blocks/${id.replace("block ", "")}`;
  if (/^(block )?[0-9a-f]{64}$/.test(id)) return `/blocks/${id.replace("block ", "")}`;
  return null;
};

/** The owner whose account it is, or null for the network's own. */
export const ownerOfAccount = (account: string): string | null =>
  account.startsWith("owner:") ? account.slice("owner:".length) : null;
