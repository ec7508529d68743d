export * from "./port.ts";
export { TronError } from "./error.ts";
export type { TronErrorCode } from "./error.ts";
export { assertSignable, networkProfile } from "./networks.ts";
export { createLocalSigner } from "./signer.ts";
export type { LocalSignerOptions } from "./signer.ts";
export { createRemoteSigner, readSignerStatus } from "./signer/client.ts";
export type { RemoteSignerOptions } from "./signer/client.ts";
export { txidOfSigned } from "./signed.ts";
