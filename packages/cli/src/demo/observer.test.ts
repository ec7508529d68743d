import type { Client } from "@lucid/api/client";
import { expect, test } from "vitest";
import { createObserver } from "./observer.ts";

const createTestClient = () => {
  const answers = { slot: 1, epochs: [] as object[], payouts: [] as object[] };
  const lists: Record<string, () => object> = {
    getNetwork: () => ({ slot: answers.slot }),
    listEpochs: () => ({ items: answers.epochs }),
    listPayouts: () => ({ items: answers.payouts }),
  };
  const call = async (operation: string) => lists[operation]?.();
  return { answers, client: { call } as unknown as Client };
};

test("the first look takes note of what is there and tells the slot only", async () => {
  const { answers, client } = createTestClient();
  answers.payouts = [{ payout_id: "p", state: "confirmed" }];
  answers.epochs = [{ epoch: 7, state: "closed" }];
  const observer = createObserver(client);
  expect((await observer.look()).map(({ kind }) => kind)).toEqual(["slot"]);
  expect(await observer.look()).toEqual([]);
});

test("a payout is told with every state between two looks, each once", async () => {
  const { answers, client } = createTestClient();
  const observer = createObserver(client);
  await observer.look();
  answers.payouts = [{ payout_id: "p", state: "approved" }];
  expect(await observer.look()).toMatchObject([{ through: ["created", "approved"] }]);
  answers.payouts = [{ payout_id: "p", state: "confirmed" }];
  expect(await observer.look()).toMatchObject([{ through: ["signed", "broadcast", "confirmed"] }]);
  expect(await observer.look()).toEqual([]);
});

test("a state beside the straight way is told alone", async () => {
  const { answers, client } = createTestClient();
  const observer = createObserver(client);
  await observer.look();
  answers.payouts = [{ payout_id: "p", state: "disputed" }];
  expect(await observer.look()).toMatchObject([{ through: ["disputed"] }]);
});
