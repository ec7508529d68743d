export { enrolNode, type Enrolled } from "./enrol.ts";
export { walletFromKeyFile, type Wallet } from "./wallet.ts";
