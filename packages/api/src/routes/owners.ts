import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import {
  Address,
  list,
  nullable,
  object,
  OwnerId,
  pageQuery,
  Time,
  Usdt,
  UsdtInput,
} from "../schemas.ts";
import { AddressChangeView } from "./addresses.ts";
import { PayoutView } from "./payouts.ts";

const OwnerView = object({
  owner_id: OwnerId,
  address: Address,
  address_seq: Type.Integer({ description: "number of the next change of the address" }),
  address_change: nullable(AddressChangeView),
  nodes: Type.Integer(),
  balance_usdt: Usdt,
  earned_usdt: Usdt,
  paid_usdt: Usdt,
  in_flight_usdt: Usdt,
  fees_usdt: Usdt,
  threshold_usdt: Usdt,
  waits: Type.String({ description: "one sentence: what the next payout waits for" }),
  as_of: Time,
});

const params = object({ owner_id: OwnerId });

export const ownerRoutes = {
  listOwners: defineRoute({
    operationId: "listOwners",
    method: "GET",
    path: "/api/v1/owners",
    tag: "owners",
    summary: "Owners in ascending id",
    roles: ["anyone"],
    query: object(pageQuery),
    response: { 200: list(OwnerView) },
    errors: [],
  }),
  getOwner: defineRoute({
    operationId: "getOwner",
    method: "GET",
    path: "/api/v1/owners/:owner_id",
    tag: "owners",
    summary: "An owner's balance and what the next payout waits for",
    roles: ["anyone"],
    params,
    response: { 200: OwnerView },
    errors: ["owners.unknown"],
  }),
  setOwnerThreshold: defineRoute({
    operationId: "setOwnerThreshold",
    method: "PUT",
    path: "/api/v1/owners/:owner_id/threshold",
    tag: "owners",
    summary: "From which balance on the owner wants to be paid",
    description:
      "Counts where it is more than the network's own threshold; 0 takes it back. An owner whose nodes are all retired is paid down to the minimum whatever it says.",
    roles: ["owner"],
    rate: "changes",
    own: ["owner"],
    audit: { reads: "getOwner" },
    params,
    body: object({ threshold_usdt: UsdtInput }),
    response: { 200: OwnerView },
    errors: ["owners.unknown", "owners.threshold"],
  }),
  listOwnerPayouts: defineRoute({
    operationId: "listOwnerPayouts",
    method: "GET",
    path: "/api/v1/owners/:owner_id/payouts",
    tag: "owners",
    summary: "The owner's payouts, newest first",
    roles: ["anyone"],
    params,
    query: object(pageQuery),
    response: { 200: list(PayoutView) },
    errors: ["owners.unknown"],
  }),
};
