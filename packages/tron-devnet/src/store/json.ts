/** JSON with bigints, written as {"$sun":"123"}; for the store only. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field === "bigint" ? { $sun: field.toString() } : field,
  );
}

export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, field: unknown) => (isBigint(field) ? BigInt(field.$sun) : field));
}

function isBigint(value: unknown): value is { $sun: string } {
  return (
    typeof value === "object" && value !== null && "$sun" in value && typeof value.$sun === "string"
  );
}
