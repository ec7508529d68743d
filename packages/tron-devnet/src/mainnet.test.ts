import { TronWeb, utils } from "tronweb";
import { expect, test } from "vitest";
import vectors from "../../../vectors/tron.json" with { type: "json" };
import { hexToBase58 } from "./address.ts";
import { fromHex, toHex } from "./bytes.ts";
import { rawCodec, triggerCodec } from "./chain/protobuf.ts";
import { recoverSigner } from "./chain/signatures.ts";
import { encodeSigned, parseTransaction } from "./chain/transaction.ts";
import { startNetwork, WALLET } from "./testing/network.ts";

/** protobufjs with descriptors of its own: neither TronWeb's code nor the encoder of packages/tron. */
const reencode = (rawHex: string): string => {
  const raw = rawCodec.decode(fromHex(rawHex));
  const contract = raw.contract.map(({ parameter, ...rest }) => ({
    ...rest,
    parameter: parameter && {
      type_url: parameter.type_url,
      value: triggerCodec.encode(triggerCodec.decode(parameter.value)),
    },
  }));
  return toHex(rawCodec.encode(withoutDefaults({ ...raw, contract })));
};

const withoutDefaults = <T extends object>(message: T): T =>
  Object.fromEntries(
    Object.entries(message).filter(
      ([, value]) => !(value === "0" || (value instanceof Uint8Array && value.length === 0)),
    ),
  ) as T;

test.each(vectors.transfers)("mainnet's $txid is read as it was signed", (transfer) => {
  const { raw_data, txid, from } = transfer;
  const signature = "signature" in transfer ? transfer.signature : undefined;
  const signatures = signature === undefined ? [] : [fromHex(signature)];
  const parsed = parseTransaction(encodeSigned(fromHex(raw_data), signatures));
  expect(parsed.txid).toBe(txid);
  expect(hexToBase58(parsed.call?.owner ?? "")).toBe(from);
  for (const bytes of signatures) expect(hexToBase58(recoverSigner(txid, bytes) ?? "")).toBe(from);
  expect(reencode(raw_data)).toBe(raw_data);
});

test("our transfers pass TronWeb's checks, and an independent decoder finds the same bytes", async () => {
  await using network = await startNetwork();
  for (const amountMicro of [1n, 9_900_000n, 2n ** 63n - 1n]) {
    const unsigned = await network.transfer({ amountMicro });
    const { rawDataHex, txid } = unsigned;
    expect(reencode(rawDataHex)).toBe(rawDataHex);
    const raw_data: unknown = utils.deserializeTx.deserializeTransaction(
      "TriggerSmartContract",
      rawDataHex,
    );
    const signed = parseTransaction(fromHex(network.signer.sign(unsigned)));
    const transaction = {
      visible: false,
      txID: txid,
      raw_data,
      raw_data_hex: rawDataHex,
      signature: signed.signatures.map(toHex),
    };
    expect(utils.transaction.txCheck(transaction as never)).toBe(true);
    const pb: unknown = utils.transaction.txJsonToPb(transaction);
    expect(utils.transaction.txPbToTxID(pb)).toBe(`0x${txid}`);
    expect(utils.transaction.txPbToRawDataHex(pb).toLowerCase()).toBe(rawDataHex);
    const tronWeb = new TronWeb({ fullHost: network.devnet.url });
    expect(tronWeb.trx.ecRecover(transaction as never)).toBe(WALLET);
  }
});
