export { checkFolder, fsckToText } from "./fsck.ts";
export { listToText } from "./list.ts";
export { askService, heightOf, withLog } from "./open-log.ts";
export { proofToText, proveBlock, proveLeaf } from "./prove.ts";
export { blockToText, readBlock } from "./show.ts";
