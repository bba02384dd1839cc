/**
 * The other language's words for the same keys. English may add `_one` to a key that has a
 * `count`, and a file of words from the core may hold more than one form.
 */
export type Mirror<T extends Record<string, string>> = { [K in keyof T]: string } & {
  [K in keyof T & string as `${K}_one`]?: string;
};
