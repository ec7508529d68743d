import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { list, NodeId, object, pageQuery, Sealed, Slot, Time } from "../schemas.ts";

const MaintenanceView = object({
  node_id: NodeId,
  from_slot: Slot,
  to_slot: Type.Integer({ description: "not included" }),
  from: Time,
  to: Time,
  state: Type.Enum(["announced", "sealed", "under_way", "over", "void"], {
    description:
      "announced: no block tells it yet; void: no block told it before its first slot, so that it excuses nothing",
  }),
  announced_at: Time,
  sealed: Sealed,
});

const params = object({ node_id: NodeId });

export const maintenanceRoutes = {
  announceMaintenance: defineRoute({
    operationId: "announceMaintenance",
    method: "POST",
    path: "/api/v1/nodes/:node_id/maintenance",
    tag: "maintenance",
    summary: "Announce slots in which a node may be away; repeating the request finds the first",
    description:
      "Whole slots, told in a block before the first of them; at most a sixth of an epoch's slots in any 7 consecutive epochs. Give the first slot or a moment in it, and the slot after the last one or a moment up to which it lasts.",
    roles: ["node", "owner", "operator", "admin"],
    own: ["node", "owner"],
    rate: "changes",
    params,
    body: object({
      from_slot: Type.Optional(Slot),
      from: Type.Optional(Time),
      to_slot: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 2 ** 48, description: "slot number, not included" }),
      ),
      to: Type.Optional(Time),
    }),
    response: { 200: MaintenanceView, 201: MaintenanceView },
    errors: [
      "nodes.unknown",
      "nodes.standing",
      "maintenance.span",
      "maintenance.late",
      "maintenance.too_much",
    ],
  }),
  listMaintenance: defineRoute({
    operationId: "listMaintenance",
    method: "GET",
    path: "/api/v1/nodes/:node_id/maintenance",
    tag: "maintenance",
    summary: "A node's announced maintenance, newest first",
    roles: ["anyone"],
    params,
    query: object(pageQuery),
    response: { 200: list(MaintenanceView) },
    errors: ["nodes.unknown"],
  }),
};
