// What of the lock file goes into a program: its packages' dependencies and theirs. `npm sbom` leaves out what
// any workspace also has as a development dependency (npm 11), so the lock file is read here.

/** Node's own way to look a dependency up, from the folder of the one that needs it. */
const resolvePart = (locked, folder, name) => {
  for (
    let from = folder;
    ;
    from = from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1))
  ) {
    const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
    if (path in locked) return locked[path].link ? locked[path].resolved : path;
    if (from === "") return null;
  }
};

const neededBy = ({ dependencies, optionalDependencies, peerDependencies }) =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });

/**
 * The third-party packages that workspaces carry, by folder.
 * @param {Record<string, object>} locked `packages` of package-lock.json
 * @param {readonly string[]} workspaces their folders, like `packages/agent`
 */
export const listParts = (locked, workspaces) => {
  const seen = new Set(workspaces);
  for (const folder of seen)
    for (const name of neededBy(locked[folder])) {
      const path = resolvePart(locked, folder, name);
      if (path !== null) seen.add(path);
    }
  return [...seen]
    .filter((folder) => folder.includes("node_modules/"))
    .toSorted()
    .map((folder) => {
      const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
      const { version, license, integrity } = locked[folder];
      return { folder, name, version, licence: license ?? "unknown", integrity };
    });
};

const purlOf = ({ name, version }) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

const hashOf = (integrity) => ({
  alg: "SHA-512",
  content: Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex"),
});

/** The parts as a CycloneDX 1.5 bill of materials (https://cyclonedx.org/docs/1.5/json/), the same for the same lock file. */
export const describeParts = (program, parts) => ({
  $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { component: { "bom-ref": program.name, type: "application", ...program } },
  components: parts.map((part) => ({
    "bom-ref": part.folder,
    type: "library",
    name: part.name,
    version: part.version,
    scope: "required",
    purl: purlOf(part),
    licenses: [
      /[ (]/.test(part.licence) ? { expression: part.licence } : { license: { id: part.licence } },
    ],
    hashes: [hashOf(part.integrity)],
  })),
});
