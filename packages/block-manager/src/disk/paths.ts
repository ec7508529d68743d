import { DiskError } from "./disk-error.ts";

/** The folder that a path stands in; `""` is the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** A path below a folder. */
export const joinPath = (folder: string, path: string): string =>
  folder === "" || path === "" ? folder + path : `${folder}/${path}`;

/** The folders from the root's child down to `folder` itself. */
export const chainOf = (folder: string): string[] => {
  const parts = folder === "" ? [] : folder.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
};

/** Throws `disk.path` for what could leave the root or has a second form. */
export const assertPath = (path: string): void => {
  const isPlain = path
    .split("/")
    .every((part) => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part));
  if (isPlain) return;
  throw new DiskError(
    "disk.path",
    path,
    `${JSON.stringify(path)} is no path of this folder: parts of letters, digits, dots, _ and - between single slashes`,
  );
};
