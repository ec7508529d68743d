import { expect, it } from "vitest";
import { createMemoryCache } from "../cache/index.ts";
import { createTestClock } from "../clock/index.ts";
import { createEvents, shareEvents } from "./index.ts";

type News = { type: "slot" | "node"; n: number };

it("brings what happens in one process to the others once, and what is everybody's own to nobody", async () => {
  const cache = createMemoryCache(createTestClock(0));
  const heard: string[] = [];
  const start = async (name: string) => {
    const events = createEvents<News>();
    events.subscribe(({ type, n }) => void heard.push(`${name} ${type} ${n}`));
    const onForeign = ({ n }: News) => void heard.push(`${name} hint ${n}`);
    await shareEvents(
      { events, cache },
      { channel: "news", isForOthers: ({ type }) => type === "node", onForeign },
    );
    return events;
  };
  const a = await start("a");
  const b = await start("b");
  a.publish({ type: "node", n: 1 });
  expect(heard.splice(0).toSorted()).toEqual(["a node 1", "b hint 1", "b node 1"]);
  b.publish({ type: "slot", n: 2 });
  cache.publish("news", "not an event");
  cache.publish("news", "7");
  expect(heard).toEqual(["b slot 2"]);
});
