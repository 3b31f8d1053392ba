/** A text, or how it is made of what it tells of. */
export type Leaf = string | ((params: never) => string);

/** Texts by name; names may have names below them. */
export interface Tree {
  readonly [name: string]: Leaf | Tree;
}

/** Exactly the texts that another language has, made of the same parameters at most. */
export type Translation<T> = {
  readonly [Name in keyof T]: T[Name] extends string
    ? string
    : T[Name] extends (params: infer P) => string
      ? string | ((params: P) => string)
      : Translation<T[Name]>;
};

/** The names that lead to texts, joined by dots. */
export type CodeOf<T> = {
  [Name in keyof T & string]: T[Name] extends Leaf ? Name : `${Name}.${CodeOf<T[Name]>}`;
}[keyof T & string];

/** What stands at a code. */
export type At<T, Code extends string> = Code extends keyof T
  ? T[Code]
  : Code extends `${infer Name}.${infer Rest}`
    ? Name extends keyof T
      ? At<T[Name], Rest>
      : never
    : never;
