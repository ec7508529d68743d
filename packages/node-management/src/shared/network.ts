/** The one network that this process serves. */
export type { BlockNetwork as Network } from "@lucid/protocol";
