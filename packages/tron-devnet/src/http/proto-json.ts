type Json = Record<string, unknown>;

/** java-tron prints protobuf messages, which leave out fields with default values: 0, false, empty text and empty lists. */
export function withoutDefaults(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isDefault(value)));
}

function isDefault(value: unknown): boolean {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return (
    value === undefined ||
    value === null ||
    value === 0 ||
    value === "" ||
    value === false ||
    isEmptyList
  );
}
