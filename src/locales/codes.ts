import type { English } from './en/index.js';
import type { At, CodeOf } from './tree.js';

export type { English } from './en/index.js';

/** Names a text, such as `storage.inUse`. */
export type TextCode = CodeOf<English>;

/** What a text tells of, as plain data; undefined for a text that is always the same. */
export type ParamsOf<Code extends string> = Code extends unknown
  ? At<English, Code> extends (params: infer P) => string
    ? P
    : undefined
  : never;

/** The codes of a table whose texts tell of nothing. */
type PlainIn<Params> = { [Code in keyof Params]: Params[Code] extends undefined ? Code : never }[keyof Params];

type MessageOf<Params> =
  | { readonly code: PlainIn<Params> }
  | {
      [Code in Exclude<keyof Params, PlainIn<Params>>]: { readonly code: Code; readonly params: Params[Code] };
    }[Exclude<keyof Params, PlainIn<Params>>];

type TextParams = { [Code in TextCode]: ParamsOf<Code> };

/** Something to be told to a person, in whatever language they read: which text, and what it tells of. Plain data, so that it can be sent. */
export type Message = MessageOf<TextParams>;

/** The texts that are always the same. */
export type PlainTextCode = PlainIn<TextParams>;

/** Names what can be wrong with a file that an admin writes; the text has two parts, `reason` and `remedy`. */
export type FaultCode = TextCode extends infer Code ? (Code extends `${infer Fault}.reason` ? Fault : never) : never;

type Both<One, Other> = One extends undefined ? Other : Other extends undefined ? One : One & Other;

type FaultParams = { [Code in FaultCode]: Both<ParamsOf<`${Code}.reason`>, ParamsOf<`${Code}.remedy`>> };

/** What is wrong with a file that an admin writes, as plain data. */
export type FaultMessage = MessageOf<FaultParams>;

/** The faults that say all by their name. */
export type PlainFaultCode = PlainIn<FaultParams>;

/** What a file has at the place of a fault. Secrets are hidden; `nothing` is told where the value says no more than its path. */
export type Found =
  | { readonly is: 'shown'; readonly value: string }
  | { readonly is: 'hidden' }
  | { readonly is: 'missing' }
  | { readonly is: 'nothing' };

/** A fault, where in the file it is (empty for the whole file), and what was found there. */
export type PlacedFault = FaultMessage & { readonly path: string; readonly found: Found };

/** What went wrong, for the person who can do something about it. */
export interface Problem {
  readonly problem: Message;
  /** Every mistake in a file, where it is about one. */
  readonly faults: readonly PlacedFault[];
  /** Whatever else went wrong at the same time. */
  readonly further: readonly Problem[];
}
