/** What can be wrong with what is asked of a node. */
export const nodeErrors = {
  "nodes.unknown": {
    status: 404,
    title: "No node has this id",
    retry: "changed",
    fix: "Check the id, or enrol the node.",
  },
  "nodes.not_active": {
    status: 409,
    title: "The node is not active",
    retry: "later",
    fix: "A pending node waits for approval; a suspended one for the operator; a retired one is final.",
  },
  "nodes.already_enrolled": {
    status: 409,
    title: "The node is enrolled with other content",
    retry: "no",
    fix: "A node enrols once. Use its owner's wallet to change the address, or make a new key.",
  },
  "nodes.standing": {
    status: 409,
    title: "The node's standing does not allow this change",
    retry: "no",
    fix: "Retired is final; see the node's standing.",
  },
  "commands.no_key": {
    status: 409,
    title: "This service cannot sign commands",
    retry: "later",
    fix: "Give node-management the network's key: keys/network.key in the data folder, or NETWORK_KEY_FILE.",
  },
  "maintenance.span": {
    status: 422,
    title: "The slots of the maintenance are not said",
    retry: "changed",
    fix: "Give either from_slot or from, and either to_slot or to, which has to be later.",
  },
  "maintenance.late": {
    status: 409,
    title: "It would begin before a block can tell it",
    retry: "changed",
    fix: "Begin with the slot that `detail` names, or a later one.",
  },
  "maintenance.too_much": {
    status: 409,
    title: "It would be more maintenance than is excused",
    retry: "changed",
    fix: "Announce fewer slots, or wait: a sixth of an epoch's slots is excused in any 7 consecutive epochs.",
  },
} as const;
