import { type Finding, failed, fine, unknown } from "@lucid/platform/checks";
import type { ClearanceContext } from "../contract.ts";
import type { SignerReading, SignerView } from "../signer-view.ts";

const separate =
  "run `lucid signer` under a user id of its own and set SIGNER_SOCKET (docs/payouts.md)";

/** Whether the key is out of this process's reach, with a signer of this network, chain and wallet. */
export const judgeSigner = (context: ClearanceContext, signer: SignerReading): Finding => {
  if (!signer.ok)
    return signer.isSetUp
      ? unknown(`the signer does not answer: ${signer.reason}`, "start `lucid signer`")
      : failed(signer.reason, separate);
  const { ourUid, readableKeys } = context.setup;
  if (ourUid === 0)
    return failed(
      "node-management runs as root, who can read every key",
      "run it under a user id of its own",
    );
  if (signer.value.uid === ourUid)
    return failed(`the signer runs under our own user id ${ourUid}`, separate);
  const [key] = readableKeys();
  if (key !== undefined)
    return failed(`node-management can read ${key}`, "give the file to the signer's user alone");
  return judgeBinding(context, signer.value);
};

const judgeBinding = (context: ClearanceContext, signer: SignerView): Finding => {
  const { wallet, network, chains, genesisBlockId } = context;
  const compared: [what: string, found: string, expected: string][] = [
    ["wallet", signer.address, wallet],
    ["network", signer.network_id, network.networkId],
    ["chain", signer.chain, genesisBlockId],
    ["token", signer.token, chains[0].token],
  ];
  const other = compared.find(([, found, expected]) => found !== expected);
  if (other !== undefined)
    return failed(
      `the signer's ${other[0]} is ${other[1]}, ours is ${other[2]}`,
      "compare signer.yaml with lucid.yaml",
    );
  if (signer.endpoints < 2)
    return failed("the signer asks one endpoint only", "name two in its TRON_ENDPOINTS");
  if (signer.log.problem !== null)
    return failed(`the signer cannot read the log: ${signer.log.problem}`, "see SIGNER_LOG_URL");
  return fine(`user id ${signer.uid} signs for ${signer.address}; ours is ${context.setup.ourUid}`);
};
