type Common = {
  readonly description: string;
  /** What a number counts, for documents and messages: `ms`, `s`, `slots`. */
  readonly unit?: string;
  /** Never printed; also read from the file named by `<NAME>_FILE`. */
  readonly secret?: boolean;
  /** Seeds genesis or the first policy only; later a different value refuses to start. */
  readonly seedOnly?: boolean;
};

type Kinds = {
  integer: { readonly minimum?: number; readonly maximum?: number };
  string: { readonly pattern?: RegExp; readonly example?: string };
  path: object;
  /** Protocols as `http:`; http and https unless told otherwise. */
  url: { readonly protocols?: readonly string[] };
  /** Items separated by commas; a pattern is that of each. */
  list: {
    readonly item?: "string" | "url";
    readonly pattern?: RegExp;
    readonly example?: string;
  };
  /** An amount of USDT with up to six places; the value is micro-USDT. */
  usdt: { readonly minimum?: bigint; readonly maximum?: bigint };
  boolean: object;
  enum: { readonly values: readonly string[] };
  /** `500ms`, `30s`, `15m`, `1h`, `7d`, or a bare number of `unit` (`ms`, `s`, `min`, `h`); the value is milliseconds. */
  duration: { readonly minimumMs?: number; readonly maximumMs?: number };
};

type Values = {
  integer: number;
  string: string;
  path: string;
  url: string;
  list: readonly string[];
  usdt: bigint;
  boolean: boolean;
  duration: number;
};

export type SettingKind = keyof Kinds;

/** One setting. Without `default` it is required, unless `optional`, which makes it `undefined`. */
export type Setting = {
  [Kind in SettingKind]: Common & { readonly type: Kind } & Kinds[Kind] & {
      readonly default?: Kind extends keyof Values ? Values[Kind] : string;
      readonly optional?: boolean;
    };
}[SettingKind];

export type ConfigSchema = Readonly<Record<string, Setting>>;

type ValueOf<S extends Setting> = S extends { readonly values: readonly (infer Value)[] }
  ? Value
  : S["type"] extends keyof Values
    ? Values[S["type"]]
    : string;

export type ConfigValues<S extends ConfigSchema> = {
  readonly [Key in keyof S]: S[Key] extends { readonly optional: true }
    ? ValueOf<S[Key]> | undefined
    : ValueOf<S[Key]>;
};

/** Where a value came from: a file of settings by its name; `secret file` is the one that `<NAME>_FILE` names. */
export type Origin = "flag" | "environment" | "secret file" | `${string}.yaml` | "default";

/** Declares the settings of one program; names are upper-case words joined by `_`. */
export const defineConfig = <const S extends ConfigSchema>(schema: S): S => {
  for (const [name, setting] of Object.entries(schema)) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) throw new Error(`setting ${name}: use upper-case words`);
    if (setting.description.trim() === "") throw new Error(`setting ${name}: describe it`);
  }
  return schema;
};
