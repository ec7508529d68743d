import { resolve } from "node:path";
import { openUrl, SourceError, type Source } from "@lucid/verify";
import { openFolder } from "@lucid/verify/folder";

/**
 * The log that an address or a folder means: itself, or what is below it as `log`, which is where a service passes its
 * log on and where a network's folder keeps it.
 */
export const openSource = async (where: string): Promise<Source> => {
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(where);
  const open = isAddress ? openUrl : (folder: string) => openFolder(resolve(folder));
  const direct = open(where);
  if (await holdsLog(direct)) return direct;
  const below = open(`${where.replace(/\/+$/, "")}/log`);
  return (await holdsLog(below).catch(() => false)) ? below : direct;
};

/** A page instead of a file is how a console answers, so the log may still be below. */
const holdsLog = async (source: Source): Promise<boolean> => {
  try {
    return (await source.read("checkpoint")) !== null;
  } catch (error) {
    if (error instanceof SourceError && NOT_HERE.has(error.code)) return false;
    throw error;
  }
};

const NOT_HERE: ReadonlySet<string> = new Set(["source.page", "source.status", "source.redirect"]);
