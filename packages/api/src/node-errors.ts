/** What can be wrong with what is asked of a node. */
export const nodeErrors = {
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
