export { type PageOption, pageLine, withPage } from "./page.ts";
export { wholeNumberFrom } from "./whole-number.ts";
export { type Column, table } from "./table.ts";
