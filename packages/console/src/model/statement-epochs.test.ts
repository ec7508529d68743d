import { expect, test } from "vitest";
import { epochsOf, epochsToSearch } from "./statement-epochs.ts";

test.each([
  ["", {}],
  ["?epoch=12", { epoch: 12 }],
  ["?epoch=12&to_epoch=14", { epoch: 12, to_epoch: 14 }],
  ["?to_epoch=14", {}],
  ["?epoch=12&to_epoch=11", { epoch: 12 }],
  ["?epoch=-1", {}],
  ["?epoch=1e3", {}],
])("the address %s asks for the epochs %o", (search, epochs) => {
  expect(epochsOf(search)).toEqual(epochs);
  expect(epochsOf(epochsToSearch(epochs))).toEqual(epochs);
});
