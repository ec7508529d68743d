export { openNodeFolder, type Membership, type NodeFolder, type NodeKey } from "./node-folder.ts";
export { makePrivateFolder, replaceFile, writeNewSecret } from "./write-new.ts";
