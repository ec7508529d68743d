export { enrolNode, type Enrolled } from "./enrol.ts";
export { signText, walletFromKeyFile, type Wallet } from "./wallet.ts";
