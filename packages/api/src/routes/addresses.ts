import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import {
  Address,
  hex,
  list,
  NodeId,
  nullable,
  object,
  OwnerId,
  pageQuery,
  Sealed,
  Time,
} from "../schemas.ts";

const Seq = Type.Integer({ minimum: 0, maximum: 2 ** 48, description: "number of the change" });
const ADDRESS_CHANGE_STATES = [
  "announced",
  "pending",
  "in_force",
  "left",
  "cancelled",
  "void",
] as const;

export const AddressChangeView = object({
  owner_id: OwnerId,
  seq: Seq,
  state: Type.Enum(ADDRESS_CHANGE_STATES, {
    description:
      "announced: not in a block yet; pending: its delay runs; in_force: paid at the new address; left: another change followed; cancelled: taken back; void: the old address was not in force when it had to be",
  }),
  old_address: Address,
  new_address: Address,
  node_id: NodeId,
  with_old_wallet: Type.Boolean({ description: "48 hours with its signature, 30 days without" }),
  announced_at: Time,
  takes_force_at: Time,
  cancelled_at: nullable(Time),
  sealed: Sealed,
  why: Type.String({ description: "one sentence: what it waits for, and what cancels it" }),
});

const params = object({ owner_id: OwnerId });
const WalletSignature = hex(65, "a wallet's signature (TIP-191, signMessageV2)");

export const addressRoutes = {
  changeAddress: defineRoute({
    operationId: "changeAddress",
    method: "PUT",
    path: "/api/v1/owners/:owner_id/address",
    tag: "owners",
    summary: "Be paid at another address from a later day on",
    description:
      "A node of the owner signs kind `address_change` over owner_id and all fields but `signature`; the new wallet signs the address text, and the old wallet too for the short delay: 48 hours from the end of the slot in whose block the change stands, 30 days without. Until then payouts go to the old address. Repeating a change finds the first.",
    roles: ["anyone"],
    params,
    body: object({
      node_id: NodeId,
      old_address: Address,
      new_address: Address,
      seq: Seq,
      new_wallet_signature: WalletSignature,
      old_wallet_signature: Type.Optional(WalletSignature),
      signature: hex(64, "the node's"),
    }),
    response: { 200: AddressChangeView, 201: AddressChangeView },
    errors: [
      "owners.unknown",
      "addresses.node",
      "addresses.seq",
      "addresses.old_address",
      "addresses.new_address",
      "addresses.signature",
      "addresses.overtaken",
    ],
  }),
  cancelAddressChange: defineRoute({
    operationId: "cancelAddressChange",
    method: "POST",
    path: "/api/v1/owners/:owner_id/address/cancel",
    tag: "owners",
    summary: "Take back a change that was made without the old wallet",
    description:
      "The old wallet signs the cancel text; it counts if its block's slot ends before the delay does.",
    roles: ["anyone"],
    params,
    body: object({ seq: Seq, wallet_signature: WalletSignature }),
    response: { 200: AddressChangeView },
    errors: [
      "owners.unknown",
      "addresses.no_change",
      "addresses.with_old_wallet",
      "addresses.over",
      "addresses.signature",
    ],
  }),
  listAddressChanges: defineRoute({
    operationId: "listAddressChanges",
    method: "GET",
    path: "/api/v1/owners/:owner_id/address/changes",
    tag: "owners",
    summary: "Every change of the owner's address, newest first",
    roles: ["anyone"],
    params,
    query: object(pageQuery),
    response: { 200: list(AddressChangeView) },
    errors: ["owners.unknown"],
  }),
};
