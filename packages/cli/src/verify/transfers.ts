import { bindingKey, type PayoutRecord } from "@lucid/protocol";
import type { ChainPort, Receipt } from "@lucid/tron";
import type { LedgerBinding, TransferCheck, TransferVerdict } from "@lucid/verify";

/** Looks confirmed payouts up on the solidified blocks that each of these endpoints shows. */
export const createTransferCheck = (chains: readonly ChainPort[]): TransferCheck => {
  const geneses = new Map<ChainPort, ReturnType<ChainPort["genesisBlockId"]>>();

  const askChain = async (
    chain: ChainPort,
    payout: PayoutRecord,
    ledger: LedgerBinding,
  ): Promise<TransferVerdict> => {
    const asked = geneses.get(chain) ?? chain.genesisBlockId();
    geneses.set(chain, asked);
    const genesis = await asked;
    if (!genesis.ok) return unknown(genesis.reason);
    if (bindingKey(ledger.networkId, genesis.value, chain.token) !== ledger.binding)
      return unknown(
        "the ledger is bound to another chain or token than this endpoint serves (--tron-network, --tron-token)",
      );
    const receipt = await chain.receipt(payout.txid ?? "");
    if (!receipt.ok) return unknown(receipt.reason);
    if (receipt.value !== null)
      return judgeReceipt(receipt.value, payout, { ...ledger, token: chain.token });
    return judgeAbsence(chain, payout);
  };

  return async (payout, ledger) => {
    const answers = await Promise.all(chains.map((chain) => askChain(chain, payout, ledger)));
    return (
      answers.find(({ kind }) => kind === "wrong") ??
      answers.find(({ kind }) => kind === "unknown") ?? { kind: "paid" }
    );
  };
};

/** A node may keep no receipts, so absence is proven by the block that is said to hold the transaction. */
const judgeAbsence = async (chain: ChainPort, payout: PayoutRecord): Promise<TransferVerdict> => {
  const number = payout.tron_block ?? 0;
  const blocks = await chain.solidBlocks(number, number + 1);
  if (!blocks.ok) return unknown(blocks.reason);
  const [block] = blocks.value;
  if (block === undefined || block.txids.includes(payout.txid ?? ""))
    return unknown("an endpoint shows no receipt of it");
  return { kind: "wrong", detail: `block ${number} of the chain does not hold that transaction` };
};

const judgeReceipt = (
  receipt: Receipt,
  payout: PayoutRecord,
  { wallets, token }: LedgerBinding & Pick<ChainPort, "token">,
): TransferVerdict => {
  const [transfer, ...others] = receipt.transfers;
  const isMeant =
    receipt.result === "SUCCESS" &&
    receipt.blockNumber === payout.tron_block &&
    others.length === 0 &&
    transfer?.token === token &&
    wallets.includes(transfer.from) &&
    transfer.to === payout.recipient &&
    transfer.amountMicro === BigInt(payout.net_micro);
  if (isMeant) return { kind: "paid" };
  const detail = `block ${receipt.blockNumber} shows it as ${receipt.result}, with other transfers than the one it stands for`;
  return { kind: "wrong", detail };
};

const unknown = (reason: string): TransferVerdict => ({ kind: "unknown", reason });
