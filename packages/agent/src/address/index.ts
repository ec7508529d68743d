export {
  type AddressChangeView,
  cancelChange,
  changeAddress,
  readChanges,
  readOwner,
} from "./change.ts";
export { describeAddress } from "./describe.ts";
