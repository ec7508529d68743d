import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { restoreStore } from "@lucid/node-management";
import { readFixture } from "../upgrade/fixture.ts";

const fixture = fileURLToPath(new URL("../upgrade/0.1.0-702b416", import.meta.url));

/** Makes a network's folder whose store has the documents of a version before: enough for a backup, and soon made. */
export const makeOldFolder = async (data: string): Promise<void> => {
  await mkdir(data, { mode: 0o700 });
  for (const name of ["network.json", "policy.json"])
    await copyFile(join(fixture, name), join(data, name));
  const path = join(data, "node-management.sqlite");
  const place = { engine: "sqlite", path, create: true } as const;
  const copy = await readFixture(fixture);
  await restoreStore({ place, copy, clock: { now: () => 1 } }, { pauseReason: "a test" });
};
