export type SortedList<T> = {
  readonly add: (item: T) => void;
  /** All items, ascending by key in ASCII order; sorted when somebody asks, so that loading many stays cheap. */
  readonly items: () => readonly T[];
  readonly size: number;
};

export const createSortedList = <T>(keyOf: (item: T) => string): SortedList<T> => {
  let list: T[] = [];
  let sorted = true;
  return {
    add: (item) => {
      const last = list.at(-1);
      sorted = sorted && (last === undefined || keyOf(last) < keyOf(item));
      list.push(item);
    },
    items: () => {
      if (!sorted) list = list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      sorted = true;
      return list;
    },
    get size() {
      return list.length;
    },
  };
};
