import { expect, test } from "vitest";
import { createEvents } from "./index.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("every subscriber gets every event from then on, in order", async () => {
  const events = createEvents<number>();
  const heard: string[] = [];
  events.publish(0);
  events.subscribe((event) => void heard.push(`a${event}`));
  const second = events.subscribe(async (event) => {
    await turn();
    heard.push(`b${event}`);
  });
  events.publish(1);
  events.publish(2);
  expect(heard).toEqual(["a1", "a2"]);
  await expect.poll(() => heard).toEqual(["a1", "a2", "b1", "b2"]);
  second.unsubscribe();
  events.publish(3);
  expect([heard.at(-1), events.subscribers]).toEqual(["a3", 1]);
});

test("a slow subscriber holds up nobody and is told how many events it missed", async () => {
  const events = createEvents<number>();
  const slow: unknown[] = [];
  const quick: number[] = [];
  const gate = Promise.withResolvers<void>();
  events.subscribe(
    async (event) => {
      slow.push(event);
      await gate.promise;
    },
    { capacity: 10, onResync: (missed) => void slow.push({ missed }) },
  );
  events.subscribe((event) => void quick.push(event));
  for (let event = 0; event < 100; event += 1) events.publish(event);
  expect(quick).toHaveLength(100);
  gate.resolve();
  await expect.poll(() => slow).toEqual([0, { missed: 99 }]);
  events.publish(100);
  expect(slow).toEqual([0, { missed: 99 }, 100]);
});

test.each([
  [
    "throws",
    () => {
      throw new Error("broken");
    },
  ],
  ["rejects", () => Promise.reject(new Error("broken"))],
])("a listener that %s is unsubscribed and reported, the others go on", async (_, listener) => {
  const failures: unknown[] = [];
  const events = createEvents<number>({ onFailure: (error) => failures.push(error) });
  const heard: number[] = [];
  events.subscribe(listener);
  events.subscribe((event) => void heard.push(event));
  events.publish(1);
  events.publish(2);
  await expect
    .poll(() => [heard, failures.map(String), events.subscribers])
    .toEqual([[1, 2], ["Error: broken"], 1]);
});

test("nothing is delivered after unsubscribing, not even what waits", async () => {
  const events = createEvents<number>();
  const heard: number[] = [];
  const subscription = events.subscribe(async (event) => {
    heard.push(event);
    await turn();
  });
  events.publish(1);
  events.publish(2);
  subscription.unsubscribe();
  await turn();
  await turn();
  expect(heard).toEqual([1]);
});
