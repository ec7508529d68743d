import type { Genesis } from "@lucid/protocol";

/** The one network that this process serves. */
export type Network = { readonly genesis: Genesis; readonly networkId: string };
