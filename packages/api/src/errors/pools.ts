/** What can be wrong with a pool or a node's seat in it. */
export const poolErrors = {
  "pools.unknown": {
    status: 404,
    title: "No pool has this id",
    retry: "changed",
    fix: "Look it up: `lucid pools list`.",
  },
  "pools.exists": {
    status: 409,
    title: "The pool exists with other content",
    retry: "no",
    fix: "Change it with PATCH, or take another id; the id of a disbanded pool stays taken.",
  },
  "pools.max_nodes": {
    status: 422,
    title: "The pool cannot have this many seats",
    retry: "changed",
    fix: "Give between what the pool has and the network's pool_max_nodes; seats are never taken away.",
  },
  "pools.full": {
    status: 409,
    title: "The pool is full",
    retry: "later",
    fix: "Join another pool, or let `POST /api/v1/pools/place` find one; `capacity` says how many seats there are.",
  },
  "pools.draining": {
    status: 409,
    title: "The pool takes nobody any more",
    retry: "no",
    fix: "Join another pool: `lucid pools list --status active`.",
  },
  "pools.consent": {
    status: 409,
    title: "The pool pays in another way than the node agrees to",
    retry: "changed",
    fix: "Read reward_method of the pool, and send the same as consent if the owner wants to be paid so.",
  },
  "pools.seated": {
    status: 409,
    title: "The node sits in another pool",
    retry: "changed",
    fix: "To move, name the pool that it leaves: `from`, or `--from` on the command line. Or leave it first.",
  },
  "pools.not_member": {
    status: 404,
    title: "The node does not sit in this pool",
    retry: "no",
    fix: "Ask GET /api/v1/pools?node_id=… where it sits.",
  },
  "pools.none": {
    status: 409,
    title: "No pool has a seat for this node",
    retry: "later",
    fix: "Agree to the other way of being paid, or ask the operator for a pool.",
  },
} as const;
