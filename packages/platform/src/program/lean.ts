/**
 * What keeps a program of ours small: a young generation of 2 MiB instead of 16, and one arena of the C library instead
 * of one a thread. For programs that are started by us; images and units say the same. Read before a program starts.
 */
export const leanEnvironment = {
  NODE_OPTIONS: "--max-semi-space-size=2",
  MALLOC_ARENA_MAX: "1",
} as const;
