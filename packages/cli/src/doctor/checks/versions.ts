import { versions } from "node:process";
import { checkVersions } from "@lucid/agent";
import { createClient } from "@lucid/api/client";
import type { Finding } from "@lucid/platform/checks";
import manifest from "../../../package.json" with { type: "json" };
import type { DoctorContext } from "../context.ts";

/** Whether this program and the service that runs are of one version. */
export const checkVersion = async ({
  service,
  serviceUrl,
}: Pick<DoctorContext, "service" | "serviceUrl">): Promise<Finding> => {
  const network =
    service === null ? null : await createClient({ baseUrl: serviceUrl }).call("getNetwork");
  return checkVersions({
    ours: manifest.version,
    node: versions.node,
    service: network?.version ?? null,
  });
};
