const rowsPerChunk = 1024;

/** Rows of bytes by ordinal, in chunks: a hundred thousand nodes cost their bytes and no objects. */
export type Rows = {
  /** A view of the row; zeros until something was written to it. */
  row(ordinal: number): Uint8Array;
  /** A view of part of the row. */
  part(ordinal: number, from: number, length: number): Uint8Array;
};

export const createRows = (rowBytes: number): Rows => {
  const chunks: (Uint8Array | undefined)[] = [];
  const part = (ordinal: number, from: number, length: number): Uint8Array => {
    const at = Math.floor(ordinal / rowsPerChunk);
    const chunk = (chunks[at] ??= new Uint8Array(rowsPerChunk * rowBytes));
    const start = (ordinal % rowsPerChunk) * rowBytes + from;
    return chunk.subarray(start, start + length);
  };
  return { part, row: (ordinal) => part(ordinal, 0, rowBytes) };
};
