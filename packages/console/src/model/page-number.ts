import { FURTHEST_PAGE } from "@lucid/api";

/** The page of a list (from 1) that an address names; the first where it names none. */
export const pageNumberOf = (written: string | null): number => {
  const page = written !== null && /^[0-9]{1,7}$/.test(written) ? Number(written) : 1;
  return Math.min(Math.max(page, 1), FURTHEST_PAGE);
};
