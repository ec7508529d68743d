import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import {
  Epoch,
  hex,
  list,
  nullable,
  object,
  OwnerId,
  pageQuery,
  Sealed,
  Time,
  Usdt,
} from "../schemas.ts";

const LedgerView = object({
  account: Type.String(),
  seq: Type.Integer(),
  key: Type.String(),
  kind: Type.String(),
  amount_usdt: Usdt,
  balance_usdt: Usdt,
  contra: Type.Array(object({ account: Type.String(), amount_usdt: Usdt })),
  ref: nullable(Type.String()),
  epoch: nullable(Epoch),
  policy: Type.Integer(),
  at: Time,
  prev_hash: hex(32, "hash of the entry before"),
  hash: hex(32, "of this entry"),
  sealed: Sealed,
});

export const ledgerRoutes = {
  listOwnerLedger: defineRoute({
    operationId: "listOwnerLedger",
    method: "GET",
    path: "/api/v1/owners/:owner_id/ledger",
    tag: "owners",
    summary: "The owner's ledger entries, newest first",
    roles: ["anyone"],
    params: object({ owner_id: OwnerId }),
    query: object(pageQuery),
    response: { 200: list(LedgerView) },
    errors: ["owners.unknown"],
  }),
  listLedger: defineRoute({
    operationId: "listLedger",
    method: "GET",
    path: "/api/v1/ledger",
    tag: "owners",
    summary: "All ledger entries, newest first",
    roles: ["anyone"],
    query: object(pageQuery),
    response: { 200: list(LedgerView) },
    errors: [],
  }),
};
