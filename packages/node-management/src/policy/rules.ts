import { ProtocolError, parsePolicy, type Policy, type Problem } from "@lucid/protocol";
import type { PolicyRefusal } from "./contract.ts";

/** How many epochs ahead of the one in which it is announced a policy may begin. */
const noticeEpochs = 2;

export const refusePolicy = (code: PolicyRefusal["code"], detail: string): PolicyRefusal => ({
  outcome: "refused",
  code,
  detail,
});

/** The policy in a document, or why it cannot be one. */
export const readPolicy = (document: unknown): Policy | PolicyRefusal => {
  try {
    const policy = parsePolicy(document);
    const missing = unsupported(policy);
    return missing === null ? policy : refusePolicy("policy.invalid", missing);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return refusePolicy("policy.invalid", describe(error));
  }
};

export const isRefusal = (value: Policy | PolicyRefusal): value is PolicyRefusal =>
  "outcome" in value;

/** Why a well-formed policy cannot be announced now, null when it can. */
export const announceRefusal = (
  policy: Policy,
  { latestVersion, epoch }: { latestVersion: number; epoch: number },
): PolicyRefusal | null => {
  if (policy.version !== latestVersion + 1) {
    return refusePolicy(
      "policy.invalid",
      `/version is ${policy.version}, and the next one is ${latestVersion + 1}`,
    );
  }
  if (policy.from_epoch >= epoch + noticeEpochs) return null;
  return refusePolicy(
    "policy.from_epoch",
    `/from_epoch is ${policy.from_epoch}; announced in epoch ${epoch} it can begin in epoch ${epoch + noticeEpochs} at the earliest`,
  );
};

/** Rules that the protocol has and this version of the service does not carry out. */
const unsupported = (policy: Policy): string | null => {
  if (policy.stake !== undefined)
    return "/stake: this version reads no stakes; leave the field out";
  if (policy.admission === "automatic")
    return "/admission: `automatic` needs stake; use `approval` or `demo`";
  return null;
};

const describe = (error: ProtocolError): string => {
  const problems = error.details["problems"] as readonly Problem[] | undefined;
  return problems?.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ") ?? error.message;
};
