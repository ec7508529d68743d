import { parseAddress } from "../address.ts";

/** Body and query of a request, merged. */
export type Params = Record<string, unknown>;

/** A fault that java-tron would report as {"Error": "class … : …"} with status 200. */
export class DevnetError extends Error {
  readonly javaClass: string;

  constructor(javaClass: string, message: string) {
    super(message);
    this.name = "DevnetError";
    this.javaClass = javaClass;
  }
}

export function parseBody(body: unknown): Params {
  if (typeof body !== "string" || body.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
      return { ...parsed };
  } catch (cause) {
    throw new DevnetError("com.alibaba.fastjson.JSONException", `syntax error, ${String(cause)}`);
  }
  throw new DevnetError("com.alibaba.fastjson.JSONException", "can not cast to JSONObject.");
}

export function textField(params: Params, name: string): string {
  const value = params[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function hexField(params: Params, name: string): string {
  const text = textField(params, name).replace(/^0x/, "").toLowerCase();
  if (!/^([0-9a-f]{2})*$/.test(text))
    throw new DevnetError("org.bouncycastle.util.encoders.DecoderException", `${name}: not hex`);
  return text;
}

/** Throws when the value is there and not a whole number; query values are text. */
export function integerField(params: Params, name: string, missing: number): number {
  const value = params[name];
  if (value === undefined || value === null || value === "") return missing;
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new DevnetError(
      "java.lang.NumberFormatException",
      `For input string: ${JSON.stringify(value)}`,
    );
  return number;
}

export function addressField(params: Params, name: string): string {
  const address = parseAddress(params[name]);
  if (address === null)
    throw new DevnetError("java.lang.IllegalArgumentException", `Invalid ${name} provided`);
  return address;
}

export function objectField(params: Params, name: string): Params {
  const value = params[name];
  if (typeof value === "object" && value !== null) return { ...value };
  throw new DevnetError("java.lang.NullPointerException", `${name} is missing`);
}
