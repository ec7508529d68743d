/**
 * Numbers by hash, 8 bytes a place: the first 4 bytes of the hash and the number. Hashes that share those 4 bytes stand
 * beside each other, so whoever looks one up compares the candidates with what they stand for.
 */
export type HashTable = {
  readonly size: number;
  /** Adds a number (0 to 2^32-2) under a hash of at least 8 hex digits. */
  add(hash: string, value: number): void;
  /** What may stand under a hash: mostly one number or none. */
  candidates(hash: string): readonly number[];
};

const firstPlaces = 1024;

/** An open-addressed table that doubles when it is half full: a year of blocks (262 800) takes 4 to 8 MiB. */
export const createHashTable = (): HashTable => {
  let places = firstPlaces;
  let marks = new Uint32Array(places);
  let values = new Uint32Array(places); // 0 is free, else the number + 1
  let size = 0;

  const put = (mark: number, stored: number): void => {
    let place = mark % places;
    while (values[place] !== 0) place = (place + 1) % places;
    marks[place] = mark;
    values[place] = stored;
  };
  const grow = (): void => {
    const [oldMarks, oldValues] = [marks, values];
    places *= 2;
    marks = new Uint32Array(places);
    values = new Uint32Array(places);
    for (const [place, stored] of oldValues.entries())
      if (stored !== 0) put(oldMarks[place] as number, stored);
  };

  return {
    get size() {
      return size;
    },
    add: (hash, value) => {
      if (2 * size >= places) grow();
      put(markOf(hash), value + 1);
      size += 1;
    },
    candidates: (hash) => {
      const mark = markOf(hash);
      const found: number[] = [];
      for (let place = mark % places; values[place] !== 0; place = (place + 1) % places)
        if (marks[place] === mark) found.push((values[place] as number) - 1);
      return found;
    },
  };
};

const markOf = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16);
