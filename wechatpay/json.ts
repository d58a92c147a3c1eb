/** JSON objects out of bytes that were verified first. */

export type JsonObject = { readonly [name: string]: unknown };

/** The JSON object that these bytes spell in UTF-8, or undefined for anything else. */
export function jsonObjectOf(bytes: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
