import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Io } from "@lucid/agent";
import { payToken, storePlace } from "@lucid/node-management";
import { loadServicesConfig } from "../services/index.ts";
import type { Place } from "./load.ts";
import { SETTINGS } from "./settings.ts";

export type PlaceOptions = {
  /** The backup. */
  readonly folder: string;
  readonly data?: string;
  readonly set?: readonly string[];
  /** Whether the settings of the backup are put back, and so count. */
  readonly settings: boolean;
};

/** Where a backup goes to: the folder, the store that its services would use there, and the token they would pay with. */
export const placeOf = (
  io: Io,
  { folder, settings, ...options }: PlaceOptions,
): { readonly data: string; readonly place: Place; readonly token: string | null } => {
  const file = join(folder, SETTINGS);
  const withFile = settings && existsSync(file) ? { file } : {};
  const { values } = loadServicesConfig(io, { ...options, ...withFile }).service;
  return { data: values.LUCID_DATA_PATH, place: storePlace(values), token: payToken(values) };
};
