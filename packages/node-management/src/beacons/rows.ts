const rowsPerChunk = 1024;

/** Rows of bytes by ordinal, in chunks: a hundred thousand nodes cost their bytes and no objects. */
export type Rows = {
  /** A view of the row; zeros until something was written to it. */
  row(ordinal: number): Uint8Array;
  /** A view of part of the row. */
  part(ordinal: number, from: number, length: number): Uint8Array;
  /** Sets bits of one byte of the row, without a view. */
  setBits(ordinal: number, at: number, bits: number): void;
};

export const createRows = (rowBytes: number): Rows => {
  const chunks: (Uint8Array | undefined)[] = [];
  const chunkOf = (ordinal: number): Uint8Array =>
    (chunks[Math.floor(ordinal / rowsPerChunk)] ??= new Uint8Array(rowsPerChunk * rowBytes));
  const startOf = (ordinal: number): number => (ordinal % rowsPerChunk) * rowBytes;
  const part = (ordinal: number, from: number, length: number): Uint8Array => {
    const start = startOf(ordinal) + from;
    return chunkOf(ordinal).subarray(start, start + length);
  };
  return {
    part,
    row: (ordinal) => part(ordinal, 0, rowBytes),
    setBits: (ordinal, at, bits) => {
      const chunk = chunkOf(ordinal);
      const place = startOf(ordinal) + at;
      chunk[place] = (chunk[place] as number) | bits;
    },
  };
};
