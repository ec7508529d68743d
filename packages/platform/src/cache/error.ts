/** The cache that is configured cannot be used; `message` is one line for the operator. */
export class CacheError extends Error {
  override readonly name = "CacheError";
  readonly code: "cache.refused" | "cache.away";

  constructor(code: CacheError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
