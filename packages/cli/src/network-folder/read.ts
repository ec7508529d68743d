import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exitCode, Failure } from "@lucid/agent";
import { demoGenesis, parseGenesis, type Genesis } from "@lucid/protocol";

/** The genesis of the network in a folder; refuses a file that is not one. */
export const readGenesis = async (folder: string): Promise<Genesis> => {
  const file = join(folder, "network.json");
  const text = await readFile(file, "utf8");
  try {
    return parseGenesis(JSON.parse(text));
  } catch (cause) {
    throw new Failure("network.damaged", `${file} is not the genesis of a network`, {
      fix: "Restore it from a copy, or choose another folder with --data",
      exit: exitCode.folder,
      cause,
    });
  }
};

/** Whether it is one that `lucid demo` makes: called demo, with the fast slots. */
export const isDemoNetwork = (genesis: Genesis): boolean => {
  const { first_slot, root_keys, root_threshold, network_key, log_key, log_origin } = genesis;
  const choices = { first_slot, root_keys, root_threshold, network_key, log_key, log_origin };
  const demo = demoGenesis(choices);
  return (["name", "slot_ms", "slots_per_epoch"] as const).every(
    (field) => genesis[field] === demo[field],
  );
};
