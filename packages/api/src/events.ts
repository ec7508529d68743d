/** What `GET /api/v1/events` sends (server-sent events; `type` is the event's name, the object its data). */
export type NetworkEvent =
  | { type: "slot"; slot: number; epoch: number; at: string }
  | { type: "beacon"; slot: number; node_id: string }
  | { type: "node"; node_id: string; standing: string }
  | { type: "address"; owner_id: string; seq: number; state: "announced" | "cancelled" }
  | { type: "pool"; pool_id: string }
  | { type: "epoch"; epoch: number; state: "closing" | "closed" }
  | { type: "ledger"; account: string; seq: number; kind: string; amount_usdt: string }
  | { type: "hold"; hold_id: string; owner_id: string; state: string }
  | { type: "payout"; payout_id: string; state: string }
  | {
      type: "command";
      command_id: string;
      node_id: string;
      action: string;
      state: "queued" | "delivered" | "done";
    }
  | { type: "alert"; node_id: string; metric: string; state: "active" | "resolved" };

/** Events that are not for anyone: they are told to whoever may call this operation about the event's node. */
export const eventReaders = { command: "listCommands", alert: "listAlerts" } as const;
