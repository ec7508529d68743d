import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { good, make, post, serveThing, start, thing } from "./testing/harness.ts";

describe("listening", () => {
  it("says in one line that a port is taken", async () => {
    await using service = await start(serveThing);
    const second = make().http.listen({ host: "127.0.0.1", port: service.port });
    await expect(second).rejects.toMatchObject({
      code: "http.port_taken",
      message: `port ${service.port} on 127.0.0.1 is taken: stop the program that uses it, or set the port to another one`,
    });
  });

  it.each(["192.0.2.1", "block-manager.invalid", "not a host"])(
    "refuses the bind address %s with the reason",
    async (host) => {
      await expect(make().http.listen({ host, port: 0 })).rejects.toMatchObject({
        code: "http.host",
        message: expect.stringContaining(`cannot listen on "${host}"`) as unknown,
      });
    },
  );

  it.each(["0.0.0.0", "localhost", "127.0.0.1"])("listens on %s", async (host) => {
    await using http = make().http;
    const { url } = await http.listen({ host, port: 0 });
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe("closing", () => {
  it("lets a request in flight finish, though its connection would be kept alive", async () => {
    const entered = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const service = await start((http) =>
      http.route(thing, async ({ body }) => {
        entered.resolve();
        await release.promise;
        return body;
      }),
    );
    const answer = post(`${service.url}/api/v1/things`, good);
    await entered.promise;
    const closed = service[Symbol.asyncDispose]();
    await expect.poll(() => refuses(service.port)).toBe(true);
    release.resolve();
    expect((await answer).status).toBe(200);
    await closed;
  });

  it("cuts what does not finish in time", async () => {
    const entered = Promise.withResolvers<void>();
    const service = await start(
      (http) =>
        http.route(thing, () => {
          entered.resolve();
          return new Promise<never>(() => undefined);
        }),
      { timeouts: { closeMs: 100 } },
    );
    const answer = post(`${service.url}/api/v1/things`, good).catch(() => "cut");
    await entered.promise;
    const closed = service[Symbol.asyncDispose]();
    expect(await answer).toBe("cut");
    await closed;
  });
});

async function refuses(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const outcome = await Promise.race([
    once(socket, "connect").then(() => false),
    once(socket, "error").then(() => true),
  ]).catch(() => true);
  socket.destroy();
  return outcome;
}
