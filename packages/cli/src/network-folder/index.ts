export { createNetworkFolder, holdsNetwork } from "./create.ts";
export { planNetwork, type NetworkChoices, type NetworkPlan } from "./plan.ts";
export { isDemoNetwork, readGenesis } from "./read.ts";
export { signerFolder, signerMark, signerSocket, unusedMark } from "./signer.ts";
