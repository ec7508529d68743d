/** What an OpenAPI document says of one value, as far as whoever makes examples of it needs to know. */
export type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly contentMediaType?: string;
};

type Parameter = {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: Schema;
};

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** One operation of an OpenAPI document. */
export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Content }>
  >;
};

type Document = {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Omit<Operation, "method" | "path">>>>
  >;
};

/** Every operation, those that take things away last, so that the others find something to work on. */
export const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        ...operation,
        path,
        method: method.toUpperCase(),
      })),
    )
    .toSorted((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"));

/** What an operation wants sent, by media type. */
export const bodyOf = ({ requestBody }: Operation): { type: string; schema: Schema } | null => {
  const [content] = Object.entries(requestBody?.content ?? {});
  return content === undefined ? null : { type: content[0], schema: content[1].schema };
};
