/** What this browser keeps between visits; where it keeps nothing, what this page keeps until it is closed. */
export const createMemory = (): Pick<Storage, "getItem" | "setItem"> => {
  try {
    return localStorage;
  } catch (error) {
    // A browser that is told to keep nothing throws instead of having no storage.
    if (!(error instanceof DOMException)) throw error;
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    };
  }
};
