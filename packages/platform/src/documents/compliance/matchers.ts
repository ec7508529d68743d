import { expect } from "vitest";
import type { DocumentsErrorCode } from "../errors.ts";

/** Vitest types its matchers `any`; these are what a test compares with, and nothing to compute with. */
export const containing = (text: string): unknown => expect.stringContaining(text);
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const fault = (code: DocumentsErrorCode, text = ""): unknown =>
  expect.objectContaining({ code, message: containing(text) });
