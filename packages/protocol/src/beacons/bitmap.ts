/** One bit per slot of an epoch: slot index i is bit `0x80 >> (i mod 8)` of byte `floor(i/8)`, spare bits zero. */
export type Bitmap = Uint8Array;

/** A bitmap of `bits` zeros. */
export function createBitmap(bits: number): Bitmap {
  return new Uint8Array(Math.ceil(bits / 8));
}

/** Whether bit `index` is set; false beyond the end. */
export function getBit(bitmap: Bitmap, index: number): boolean {
  return ((bitmap[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

/** Sets bit `index` in place. */
export function setBit(bitmap: Bitmap, index: number): void {
  bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (0x80 >> (index & 7));
}

/** Sets the bits from `from` up to, not including, `to` in place; whole bytes at once. */
export function setBits(bitmap: Bitmap, from: number, to: number): void {
  let index = from;
  while (index < to) {
    if (index % 8 === 0 && index + 8 <= to) {
      bitmap[index / 8] = 0xff;
      index += 8;
    } else {
      setBit(bitmap, index);
      index += 1;
    }
  }
}

/** How many bits are set. */
export function countBits(bitmap: Bitmap): number {
  let count = 0;
  for (const byte of bitmap) count += bitsInByte(byte);
  return count;
}

/** The largest index that is set, -1 for none. */
export function lastBit(bitmap: Bitmap): number {
  for (let at = bitmap.length - 1; at >= 0; at--) {
    const byte = bitmap[at] as number;
    if (byte !== 0) return 8 * at + 7 - Math.log2(byte & -byte);
  }
  return -1;
}

/** How many bits of a byte are set. */
export function bitsInByte(byte: number): number {
  return BITS_IN_BYTE[byte] as number;
}

/** Whether a value has the length of a bitmap of `bits` bits, and zeros where it has more. */
export function isBitmap(bitmap: Bitmap, bits: number): boolean {
  return bitmap.length === Math.ceil(bits / 8) && lastBit(bitmap) < bits;
}

const BITS_IN_BYTE = Uint8Array.from(
  { length: 256 },
  (_, byte) => byte.toString(2).replaceAll("0", "").length,
);
