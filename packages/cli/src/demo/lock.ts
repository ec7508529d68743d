import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { exitCode, Failure } from "@lucid/agent";

/** Holds a folder for this process; the system lets go of it however the process ends. */
export const lockFolder = (folder: string): Disposable => {
  const database = new DatabaseSync(join(folder, "demo.lock"));
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    throw new Failure("demo.running", `another demo runs in ${folder}`, {
      fix: "Stop it, or choose another folder with --data",
      exit: exitCode.folder,
      cause,
    });
  }
  return { [Symbol.dispose]: () => database.close() };
};
