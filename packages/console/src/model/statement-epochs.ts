/** The epochs of a statement as the query of a page and of the API name them; none is everything. */
export type Epochs = { readonly epoch?: number; readonly to_epoch?: number };

/** What a page's address asks for; what is no epoch counts as not said. */
export const epochsOf = (search: string): Epochs => {
  const query = new URLSearchParams(search);
  const epoch = toEpoch(query.get("epoch") ?? "");
  const to = toEpoch(query.get("to_epoch") ?? "");
  if (epoch === null) return {};
  return { epoch, ...(to !== null && to >= epoch && { to_epoch: to }) };
};

export const epochsToSearch = ({ epoch, to_epoch }: Epochs): string => {
  if (epoch === undefined) return "";
  return to_epoch === undefined ? `?epoch=${epoch}` : `?epoch=${epoch}&to_epoch=${to_epoch}`;
};

const toEpoch = (text: string): number | null =>
  /^(0|[1-9][0-9]{0,14})$/.test(text) && Number(text) <= 2 ** 48 ? Number(text) : null;
