import type { z } from 'zod';
import type { TableRow } from '../../../admin/operations.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A path that a row is told by; one that is put together says nothing. */
type Told<Path> = Path extends string ? (`/${string}` extends Path ? never : Path) : never;

/** The paths of the table that a method has. */
export type PathOf<M extends Method> = Told<
  Extract<TableRow, { readonly http: { readonly method: M } }>['http']['path']
>;

type RowAt<M extends Method, Path extends string> = Extract<
  TableRow,
  { readonly http: { readonly method: M; readonly path: Path } }
>;

/** What is sent; the version that it is based on goes by itself. */
export type InputOf<M extends Method, Path extends string> = WithFiles<Omit<z.input<RowAt<M, Path>['input']>, 'basis'>>;

/** The version that a change is made against, or `*` for whatever is there: to be said wherever the row asks for it. */
export type BasisOf<M extends Method, Path extends string> = 'basis' extends keyof RowAt<M, Path>['input']['shape']
  ? [basis: number | '*']
  : [];

/** What is answered. */
export type OutputOf<M extends Method, Path extends string> = FileOr<z.output<RowAt<M, Path>['output']>>;

/** What the box sends or takes piece by piece is a file to the browser. */
type FileOr<Value> = Value extends AsyncIterable<Uint8Array> ? Blob : Value;
type WithFiles<Fields> = { [Name in keyof Fields]: FileOr<Fields[Name]> };
