import type { OperationId, RequestOf, ResponseOf, Routes } from "@lucid/api";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { pageNumberOf } from "../model/page-number.ts";
import { type Changes, useParameters } from "./parameters.ts";
import type { Reading } from "./reading.ts";
import { useOperation } from "./service.ts";

export type Pagination = ResponseOf<Routes["listNodes"]>["pagination"];
type ItemsOf<T> = { readonly items: readonly T[]; readonly pagination: Pagination };

/** The operations that answer a page of a list. */
type ListOperation = {
  [O in OperationId]: ResponseOf<Routes[O]> extends ItemsOf<unknown> ? O : never;
}[OperationId];

type ItemOf<O extends ListOperation> = ResponseOf<Routes[O]>["items"][number];

/** A list of which one page is read, and the way to another. */
export type List<T> = {
  readonly query: UseQueryResult<Reading<ItemsOf<T>>>;
  readonly page: number;
  readonly onPage: (page: number) => void;
  /** Changes what is listed, as the page's address says it, from the first page on. */
  readonly onFilter: (changes: Changes) => void;
};

/**
 * One page of a list, `limit` items long, which the page's address names: `?nodes=2` for listNodes. A list that became
 * shorter is shown to its end.
 */
export const useList = <O extends ListOperation>(
  operation: O,
  request: Omit<RequestOf<Routes[O]>, "query"> & { readonly query?: object },
  limit: number,
): List<ItemOf<O>> => {
  const [parameters, change] = useParameters();
  const name = nameOfList(operation);
  const page = pageNumberOf(parameters.get(name));
  const asked = { ...request, query: { ...request.query, page, limit } };
  const query = useOperation(operation, asked as unknown as RequestOf<Routes[O]>, { paged: true });
  const pagination = (query.data?.value as ItemsOf<unknown> | undefined)?.pagination;
  const last = Math.max(1, pagination?.total_pages ?? page);
  const isBeyond = page > last && !query.isPlaceholderData;
  useEffect(() => {
    if (isBeyond) change({ [name]: String(last) }, { replace: true });
  }, [isBeyond, last, name, change]);
  return {
    query,
    page,
    onPage: (to) => change({ [name]: to === 1 ? null : String(to) }),
    onFilter: (changes) => change({ ...changes, [name]: null }),
  };
};

/** `ownerPayouts` of listOwnerPayouts. */
const nameOfList = (operation: ListOperation): string =>
  operation.replace(/^list./, (start) => start.slice(-1).toLowerCase());
