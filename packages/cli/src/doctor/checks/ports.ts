import { createServer } from "node:net";
import { failed, type Finding, fine } from "@lucid/platform/checks";
import { keepsLog } from "../../services/index.ts";
import type { DoctorContext } from "../context.ts";

type Port = { readonly setting: string; readonly host: string; readonly port: number };

/** Whether the ports of what does not run are free. */
export const checkPorts = async ({
  config,
  service,
  log,
}: Pick<DoctorContext, "config" | "service" | "log">): Promise<Finding> => {
  const ours = config.service.values;
  const its = config.log.values;
  const wanted: Port[] = [
    ...(service === null
      ? [
          {
            setting: "NODE_MANAGEMENT_PORT",
            host: ours.NODE_MANAGEMENT_HOST,
            port: ours.NODE_MANAGEMENT_PORT,
          },
          { setting: "METRICS_PORT", host: ours.METRICS_HOST, port: ours.METRICS_PORT },
        ]
      : []),
    ...(log === null && keepsLog(config)
      ? [
          {
            setting: "BLOCK_MANAGER_PORT",
            host: its.BLOCK_MANAGER_HOST,
            port: its.BLOCK_MANAGER_PORT,
          },
        ]
      : []),
  ].filter(({ port }) => port !== 0);
  if (wanted.length === 0) return fine("in use by the services");
  for (const { setting, host, port } of wanted) {
    const reason = await tryPort(host, port);
    if (reason !== null)
      return failed(
        `${setting} ${port} on ${host}: ${reason}`,
        `stop what uses it, or choose another ${setting}`,
      );
  }
  return fine(`${wanted.map(({ port }) => port).join(", ")} are free`);
};

/** Null when it can be listened on. */
const tryPort = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" ? "it is taken" : error.message),
    );
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
