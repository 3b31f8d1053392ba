import { z } from 'zod';
import type { ExtensionNumber } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { Role } from '../primitives/roles.js';

export { type Role, roles } from '../primitives/roles.js';

/** Who asks: a person who has signed in, a program by its token, or whoever sits at the box itself. */
export interface Caller {
  readonly kind: 'user' | 'token' | 'console';
  /** As the audit record shows it. */
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
  /** The extension of the person; null where there is none. */
  readonly extension: ExtensionNumber | null;
  /** Of the texts in the answer. */
  readonly language: Language;
  /** Names the one time that the person has signed in; absent where nobody has, as with a token. */
  readonly login?: string;
  /** Name what gives them their rights, which ends what was begun by these: the user, and the token if there is one. */
  readonly rights: readonly string[];
  /** The IP address that they come from; absent at the box itself. */
  readonly address?: string;
}

/** How an operation is reached by HTTP. Parts of the path in braces are fields of the input: `/extensions/{number}`. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
}

/**
 * One thing that somebody can ask of the running box, or tell it. Page, API, command line and fleet are made from a table of these:
 * what stands in none of them cannot be done.
 */
export interface Operation<Box, Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** Noun and verb, as on the command line: `extensions set`. */
  readonly name: `${string} ${string}`;
  /** What it is for, in both languages, in one short sentence. */
  readonly about: Readonly<Record<Language, string>>;
  /** What else has to be known to use it, such as the columns of a table. */
  readonly more?: Readonly<Record<Language, string>>;
  /** Who may; an admin always may. */
  readonly roles: readonly Role[];
  readonly http: HttpRoute;
  /** Not for a program by its token: it would outlive the token's revocation, or hand out the box as a whole. */
  readonly isForPersons?: boolean;
  /**
   * A strict object, with whatever nobody may see marked as a `secret`. Its field `basis` is the version that a change is made against, or null for whatever is there; by HTTP it comes
   * in `If-Match`.
   */
  readonly input: Input;
  /**
   * A field `version` of it is told as `ETag` by HTTP too; void and null are no answer. A text that is more than that says so, as the export of
   * a table does: `z.string().meta({ contentMediaType: 'text/csv' })`. A file of any size is `bytes`.
   */
  readonly output: Output;
  /**
   * Does it.
   * @throws AdminError with what the caller can do about it.
   */
  run(box: Box, input: z.output<Input>, caller: Caller): Promise<z.input<Output>>;
}

/**
 * Marks what nobody may see, such as a password: the command line takes it from no argument, but lets it be typed unseen or reads it from
 * standard input or a file.
 */
export const secret = <Schema extends z.ZodType>(schema: Schema): Schema => schema.meta({ writeOnly: true });

/** Marks a secret that the box knows already, so that it need not be typed twice. */
export const knownSecret = <Schema extends z.ZodType>(schema: Schema): Schema =>
  schema.meta({ writeOnly: true, 'x-known': true });

/** An answer that is sent piece by piece. */
export const bytes = (contentMediaType: string) =>
  pieces().meta({ type: 'string', format: 'binary', contentMediaType });

/** A file of so many bytes at most, as the only field of an input that is not in the path: it is the body, and comes piece by piece. */
export const bytesIn = (contentMediaType: string, maxLength: number) =>
  secret(pieces().meta({ type: 'string', format: 'binary', contentMediaType, maxLength }));

const pieces = () =>
  z.custom<AsyncIterable<Uint8Array>>(
    (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
  );

/** The output of whatever lists something. */
export const listOf = <Entry extends z.ZodType>(entry: Entry) => z.object({ entries: z.array(entry) });

/**
 * Rows of one part of the table: each keeps the types of its own input and output, so that `run` is checked against them, and its route, by
 * which the page finds those types.
 */
export const rowOf =
  <Box>() =>
  <Input extends z.ZodType, Output extends z.ZodType, const Http extends HttpRoute>(
    operation: Operation<Box, Input, Output> & { readonly http: Http },
  ): Operation<Box, Input, Output> & { readonly http: Http } =>
    operation;

/** Whether the roles of the caller let them ask for this. */
export const hasRoleFor = ({ roles }: Pick<Caller, 'roles'>, operation: Pick<Operation<never>, 'roles'>): boolean =>
  roles.has('admin') || operation.roles.some((role) => roles.has(role));

/** Whether a program may not, whatever its roles. */
export const isTooMuchFor = (
  { kind }: Pick<Caller, 'kind'>,
  operation: Pick<Operation<never>, 'isForPersons'>,
): boolean => kind === 'token' && operation.isForPersons === true;

/** Whether the caller may ask for this. */
export const mayRun = (caller: Caller, operation: Pick<Operation<never>, 'roles' | 'isForPersons'>): boolean =>
  hasRoleFor(caller, operation) && !isTooMuchFor(caller, operation);
