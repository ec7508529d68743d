/** A set of heights below a size, a bit each: a log may have millions. */
export type Heights = { add(height: number): void; has(height: number): boolean };

export function createHeights(size: number): Heights {
  const bits = new Uint8Array(Math.ceil(size / 8));
  return {
    add: (height) => {
      const at = Math.floor(height / 8);
      bits[at] = (bits[at] ?? 0) | (1 << (height % 8));
    },
    has: (height) => ((bits[Math.floor(height / 8)] ?? 0) >> (height % 8)) % 2 === 1,
  };
}
