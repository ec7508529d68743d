type Part = {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly integrity: string;
};
export function listParts(locked: Record<string, object>, workspaces: readonly string[]): Part[];
export function describeParts(
  program: { readonly name: string; readonly version: string },
  parts: readonly Part[],
): { readonly components: readonly { readonly hashes: readonly { readonly content: string }[] }[] };
