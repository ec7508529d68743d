/** Numbers from 0 to 1 that look like chance and are the same for the same seed. */
export function pseudoRandom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
