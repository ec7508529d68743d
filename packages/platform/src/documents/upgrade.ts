import { DocumentsError } from "./errors.ts";
import type { CollectionDefinition } from "./port.ts";

type Definition = CollectionDefinition<{ id: string }>;

/** The migration steps that documents of schema version `from` still need. Throws `documents.newer`. */
export const stepsFrom = (
  { name, schemaVersion, migrations }: Definition,
  from: number,
): CollectionDefinition<{ id: string }>["migrations"] => {
  if (from <= schemaVersion) return migrations.filter(({ to }) => to > from);
  throw new DocumentsError(
    "documents.newer",
    `Collection "${name}" is at schema version ${from}, this program knows ${schemaVersion}; run the newer program`,
    { name, version: from },
  );
};

/**
 * How documents at rest under schema version `from` become those of the definition.
 * Throws `documents.newer`; what it answers throws `documents.invalid` for a document that does not fit afterwards.
 */
export const createUpgrade = <T extends { id: string }>(
  definition: CollectionDefinition<T>,
  from: number,
): ((document: Record<string, unknown>) => T) => {
  const steps = stepsFrom(definition, from);
  return (document) => {
    const upgraded: unknown = steps.reduce((before, { step }) => step(before), document);
    definition.validate(upgraded);
    return upgraded;
  };
};
