import { type Static, type TObject, Type } from "typebox";
import { Epoch, HoldId, NodeId, OwnerId, PayoutId, PoolId, Slot, Time, Usdt } from "./schemas.ts";

/** What each event says; what it is about is read again where it matters. */
const shapes = {
  slot: { slot: Slot, epoch: Epoch, at: Time },
  beacon: { slot: Slot, node_id: NodeId },
  node: { node_id: NodeId, standing: Type.String() },
  address: { owner_id: OwnerId, seq: Type.Integer(), state: Type.Enum(["announced", "cancelled"]) },
  pool: { pool_id: PoolId },
  epoch: { epoch: Epoch, state: Type.Enum(["closing", "closed"]) },
  ledger: {
    account: Type.String(),
    seq: Type.Integer(),
    kind: Type.String(),
    amount_usdt: Usdt,
  },
  hold: { hold_id: HoldId, owner_id: OwnerId, state: Type.String() },
  payout: { payout_id: PayoutId, state: Type.String() },
  command: {
    command_id: Type.String(),
    node_id: NodeId,
    action: Type.Enum(["start", "stop", "restart"]),
    state: Type.Enum(["queued", "delivered", "done"]),
  },
  alert: {
    node_id: NodeId,
    metric: Type.Enum(["cpu", "memory", "disk", "network"]),
    state: Type.Enum(["active", "resolved"]),
  },
};

type Shapes = typeof shapes;

/** What `GET /api/v1/events` sends (server-sent events; `type` is the event's name, the object its data). */
export type NetworkEvent = {
  [T in keyof Shapes]: { readonly type: T } & Static<TObject<Shapes[T]>>;
}[keyof Shapes];

/** Events that are not for anyone: they are told to whoever may call this operation about the event's node. */
export const eventReaders = { command: "listCommands", alert: "listAlerts" } as const;

/** Each event and its fields, for people. */
export const describeEvents = (): string =>
  Object.entries(shapes)
    .map(([type, fields]) => `\`${type}\` (${Object.keys(fields).join(", ")})`)
    .join(", ");
