import { expect, test } from "vitest";
import {
  localProfile,
  makeTransfer,
  RECIPIENT,
  REF_BLOCK,
  TOKEN,
  WALLET,
} from "../testing/transfers.ts";
import { createChain } from "./index.ts";

const profile = localProfile();
const chain = createChain(profile, { full: "http://127.0.0.1:9", solidity: "http://127.0.0.1:9" });

const request = {
  from: WALLET,
  to: RECIPIENT,
  amountMicro: 9_900_000n,
  refBlock: REF_BLOCK,
  expirationMs: 1_795_000_180_000,
  timestampMs: 1_795_000_000_000,
  feeLimitSun: 30_000_000n,
};

test("TronWeb builds the bytes that the independent encoder builds, without a node", async () => {
  await expect(chain.buildTransfer(request)).resolves.toEqual(makeTransfer());
});

test("the largest amount is exact", async () => {
  const amountMicro = 2n ** 63n - 1n;
  await expect(chain.buildTransfer({ ...request, amountMicro })).resolves.toEqual(
    makeTransfer({ amountMicro }),
  );
});

test.each([
  ["to", { to: "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb" }],
  ["to", { to: "TBvJUBXorwBPzqvV38vjDgegj5Eh6g2Tsx" }],
  ["to", { to: "0x1563915e194d8cfba1943570603f7606a3115508" }],
  ["to", { to: TOKEN }],
  ["amountMicro", { amountMicro: 2n ** 63n }],
  ["refBlock.id", { refBlock: { number: 1, id: "zz".repeat(32) } }],
  ["timestampMs", { timestampMs: 1.5 }],
])("names %s when no transfer can have it", async (field, change) => {
  await expect(chain.buildTransfer({ ...request, ...change })).rejects.toMatchObject({
    code: "tron.transfer.malformed",
    details: { field },
  });
});
