import type { ChainPort, Endpoint, NetworkProfile } from "../port.ts";
import { createAccountReads } from "./accounts.ts";
import { createBlockReads } from "./blocks.ts";
import { createBuilder } from "./build.ts";
import { createHistoryRead } from "./history.ts";
import { createTransfersRead } from "./logs.ts";
import type { Limits } from "./http.ts";
import { createProviders } from "./provider.ts";
import type { Transport } from "./provider.ts";
import { createReceiptRead } from "./receipts.ts";
import { createSend } from "./send.ts";
import { createTokenReads } from "./token.ts";

export type { NodeRequest, Transport } from "./provider.ts";

const DEFAULT_LIMITS: Limits = { timeoutMs: 10_000, maxAnswerBytes: 16 * 1024 * 1024 };

/**
 * The chain port for one endpoint of a network; transfers are built with TronWeb 6.
 * `timeoutMs` bounds one whole question, `maxAnswerBytes` one answer. Does not ask anything by itself: compare
 * `genesisBlockId()` with the profile before trusting the endpoint.
 */
export function createChain(
  profile: NetworkProfile,
  endpoint: Endpoint,
  { transport, ...limits }: Partial<Limits> & { transport?: Transport } = {},
): ChainPort {
  const providers = createProviders(endpoint, { ...DEFAULT_LIMITS, ...limits }, transport);
  const token = createTokenReads(providers, profile.token);
  return {
    name: profile.name,
    token: profile.token,
    ...createBlockReads(providers),
    ...createAccountReads(providers, token),
    tokenState: token.tokenState,
    estimateEnergy: token.estimateEnergy,
    buildTransfer: createBuilder(endpoint.full, profile.token),
    send: createSend(providers),
    receipt: createReceiptRead(providers),
    ...createTransfersRead(providers, profile.token),
    historyOut: createHistoryRead(providers, profile.token),
  };
}
