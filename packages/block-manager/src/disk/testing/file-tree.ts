/** Content as the process sees it, and as it would be after the power failed: null while it was never synced. */
export type FileNode = { kind: "file"; content: Uint8Array; synced: Uint8Array | null };
/** Names as the process sees them, and as they would be after the power failed. */
export type FolderNode = {
  kind: "folder";
  entries: Map<string, FileNode | FolderNode>;
  synced: Map<string, FileNode | FolderNode>;
};
export type TreeNode = FileNode | FolderNode;

/** Names that change together or not at all, as a file system's journal has it. */
export type NameChange = { folder: FolderNode; name: string; node: TreeNode | null }[];

export const createFolder = (): FolderNode => ({
  kind: "folder",
  entries: new Map(),
  synced: new Map(),
});

/** A folder that holds files, all of them durable. */
export function folderOfFiles(files: ReadonlyMap<string, Uint8Array>): FolderNode {
  const root = createFolder();
  for (const [path, content] of files) {
    const parts = path.split("/");
    const name = parts.pop() as string;
    let folder = root;
    for (const part of parts) {
      const found = folder.entries.get(part);
      const next = found?.kind === "folder" ? found : createFolder();
      applyNames([{ folder, name: part, node: next }], "entries");
      applyNames([{ folder, name: part, node: next }], "synced");
      folder = next;
    }
    const node: FileNode = { kind: "file", content, synced: content };
    applyNames([{ folder, name, node }], "entries");
    applyNames([{ folder, name, node }], "synced");
  }
  return root;
}

/** What lies at a path below a folder, as the process sees it. */
export function nodeAt(root: FolderNode, path: string): TreeNode | null {
  let node: TreeNode | undefined = root;
  for (const part of path === "" ? [] : path.split("/")) {
    if (node?.kind !== "folder") return null;
    node = node.entries.get(part);
  }
  return node ?? null;
}

export function applyNames(changes: NameChange, view: "entries" | "synced"): void {
  for (const { folder, name, node } of changes) {
    if (node === null) folder[view].delete(name);
    else folder[view].set(name, node);
  }
}

/** Every file below a folder by its path, as the process sees it. */
export function* filesIn(
  folder: FolderNode,
  prefix = "",
): Generator<[path: string, file: FileNode]> {
  for (const [name, node] of folder.entries) {
    if (node.kind === "file") yield [prefix + name, node];
    else yield* filesIn(node, `${prefix}${name}/`);
  }
}
