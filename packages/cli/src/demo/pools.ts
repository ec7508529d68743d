import { openNodeFolder, signIn } from "@lucid/agent";
import { signInAsAdmin } from "../admin/index.ts";
import type { Actor, Role } from "./cast.ts";
import type { DemoFolder } from "./folder.ts";
import type { Stage } from "./stage.ts";

/** Who joins which pool, agreeing to how it pays; the leaver goes alone. */
const plans = [
  {
    pool_id: "pool_work",
    name: "By work",
    reward_method: "work_credits",
    members: ["steady-1", "flaky"],
  },
  {
    pool_id: "pool_even",
    name: "Evenly",
    reward_method: "equal",
    members: ["steady-2", "steady-3"],
  },
] as const satisfies readonly { readonly members: readonly Role[]; [key: string]: unknown }[];

/** Makes two pools and has nodes join them with their own keys; a second start finds them all. */
export const seatActors = async (
  folder: DemoFolder,
  stage: Stage,
  url: string,
  actors: readonly Actor[],
): Promise<void> => {
  const admin = await signInAsAdmin({ data: folder.path, service: url });
  for (const { members, ...pool } of plans) {
    await admin.call("createPool", { body: pool });
    for (const { role, nodeId } of actors) {
      if (!(members as readonly Role[]).includes(role)) continue;
      const { seed } = await openNodeFolder(folder.agent(role)).readKey();
      const node = await signIn(url, seed, folder.networkId);
      const body = { node_id: nodeId, consent: pool.reward_method };
      await node.call("joinPool", { params: { pool_id: pool.pool_id }, body });
    }
  }
  stage.say(
    "pools",
    { pools: plans },
    "two pools: steady-1 and flaky are paid by work, steady-2 and steady-3 agree to equal parts",
  );
};
