import type { TronWeb } from "tronweb";
import { fromHex, sha256, toHex } from "@lucid/protocol";
import { TronError } from "../error.ts";
import type { ChainPort, TransferRequest, UnsignedTransfer } from "../port.ts";
import { encodeTransfer } from "../raw-transfer.ts";
import { assertTransferable, refBlockFields, transferToContent } from "../transfer.ts";

/**
 * Builds with TronWeb, locally: with all four header fields and `txLocal` it does not ask the node. TronWeb, which takes
 * about 8 MiB, is loaded for the first transfer.
 */
export function createBuilder(fullHost: string, token: string): ChainPort["buildTransfer"] {
  let loading: Promise<TronWeb> | null = null;
  return async (request) => {
    assertTransferable(request, token);
    loading ??= load(fullHost);
    const tronWeb = await loading.catch((error: unknown) => {
      // The next transfer tries again: a machine may have been short of something.
      loading = null;
      throw error;
    });
    const { transaction } = await tronWeb.transactionBuilder.triggerSmartContract(
      token,
      "transfer(address,uint256)",
      {
        txLocal: true,
        callValue: 0,
        feeLimit: Number(request.feeLimitSun),
        blockHeader: toHeader(request),
      },
      [
        { type: "address", value: request.to },
        { type: "uint256", value: request.amountMicro },
      ],
      request.from,
    );
    return checked({
      txid: transaction.txID,
      rawDataHex: transaction.raw_data_hex,
      from: request.from,
      to: request.to,
      token,
      amountMicro: request.amountMicro,
      refBlockNumber: request.refBlock.number,
      refBlockId: request.refBlock.id,
      expirationMs: request.expirationMs,
      timestampMs: request.timestampMs,
      feeLimitSun: request.feeLimitSun,
    });
  };
}

async function load(fullHost: string): Promise<TronWeb> {
  const library = await import("tronweb");
  return new library.TronWeb({ fullHost });
}

function toHeader({ refBlock, expirationMs, timestampMs }: TransferRequest) {
  const { refBlockBytes, refBlockHash } = refBlockFields(refBlock);
  return {
    ref_block_bytes: refBlockBytes,
    ref_block_hash: refBlockHash,
    expiration: expirationMs,
    timestamp: timestampMs,
  };
}

/** The library's bytes must be the ones that the request means, encoded independently. */
function checked(unsigned: UnsignedTransfer): UnsignedTransfer {
  const bytes = encodeTransfer(transferToContent(unsigned));
  const same =
    toHex(bytes) === unsigned.rawDataHex &&
    toHex(sha256(fromHex(unsigned.rawDataHex))) === unsigned.txid;
  if (!same)
    throw new TronError("tron.raw.mismatch", "TronWeb built other bytes than the request means", {
      ...unsigned,
    });
  return unsigned;
}
