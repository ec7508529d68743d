/** What to do about a file of `folder` that the system does not let this program use; null when it says nothing about that. */
export const fileFix = (error: unknown, folder: string): string | null => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const user = `${process.getuid?.()}:${process.getgid?.()}`;
  if (code === "EACCES" || code === "EPERM")
    return `this program runs as user ${user}, who may not; give it the folder: chown -R ${user} ${folder}`;
  if (code === "EROFS") return `the disk of ${folder} is read-only; mount it writable`;
  if (code === "ENOSPC" || code === "EDQUOT") return `the disk of ${folder} is full; make room`;
  return null;
};
