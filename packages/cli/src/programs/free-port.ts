import { createServer } from "node:net";

/** The first port that can be bound on this machine, counting up from `preferred`; 0 lets the system choose. */
export const findFreePort = async (preferred: number): Promise<number> => {
  for (let port = preferred; port < preferred + 200; port++) {
    const bound = await tryPort(port);
    if (bound !== null) return bound;
  }
  return (await tryPort(0)) ?? 0;
};

const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    // All interfaces: a port that another program holds on any of them is not free.
    server.listen({ port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
