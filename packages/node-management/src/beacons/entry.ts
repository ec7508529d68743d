/** The layout of one accepted beacon in a segment: 20 bytes of node id, 32 bytes of reveal. */
export const bodyBytes = 20;
export const revealBytes = 32;
export const entryBytes = bodyBytes + revealBytes;

/** Calls `visit` with the offset of every entry. */
export const eachEntry = (entries: Uint8Array, visit: (offset: number) => void): void => {
  for (let offset = 0; offset + entryBytes <= entries.length; offset += entryBytes) visit(offset);
};
