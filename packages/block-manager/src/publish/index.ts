export { registerAppendRoutes } from "./append-routes.ts";
export { registerBlockRoutes } from "./block-routes.ts";
export { createBlocks } from "./blocks.ts";
export { createBodyTrees } from "./body-trees.ts";
export { registerChainRoutes } from "./chain-routes.ts";
export { registerFileRoutes } from "./file-routes.ts";
export { createHeaderIndex } from "./header-index.ts";
