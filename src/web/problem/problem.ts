import type { Message, TextCode } from '../../locales/codes.js';
import type { Path } from './path.js';

/** One mistake in the input. */
export interface InputFault {
  readonly path: Path;
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly remedy?: string;
}

/** Why a request was refused. */
export type RequestMessage = Message & { readonly code: RequestCode };

type RequestCode = Extract<TextCode, `request.${string}`>;

/** The statuses by code; errors of the operations themselves have theirs by their kind. */
export const statusOf: Readonly<Record<RequestCode, number>> = {
  'request.badTarget': 400,
  'request.badJson': 400,
  'request.badVersion': 400,
  'request.bodyCut': 400,
  'request.fieldTwice': 400,
  'request.tooDeep': 400,
  'request.tooMuch': 400,
  'request.notSignedIn': 401,
  'request.wrongLogin': 401,
  'request.wrongOneTimeCode': 401,
  'request.secondFactorNeeded': 401,
  'request.clockNotSet': 401,
  'request.notPermitted': 403,
  'request.foreignOrigin': 403,
  'request.httpsNeeded': 403,
  'request.notFound': 404,
  'request.methodNotAllowed': 405,
  'request.notAcceptable': 406,
  'request.versionChanged': 412,
  'request.tooLarge': 413,
  'request.notBytes': 415,
  'request.notJson': 415,
  'request.encoded': 415,
  'request.wrongHost': 421,
  'request.invalidInput': 422,
  'request.versionNeeded': 428,
  'request.tooManyAttempts': 429,
  'request.internal': 500,
  'request.tooManyStreams': 503,
  'request.stopping': 503,
  'request.diskFails': 503,
};

/** What else an answer says that refuses a request. */
export interface ProblemFacts {
  readonly path?: Path;
  readonly faults?: readonly InputFault[];
  /** Fields of their own, such as what changed meanwhile. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is refused for a reason of its own. */
export class RequestProblem extends Error {
  constructor(
    readonly problem: RequestMessage,
    readonly facts: ProblemFacts = {},
  ) {
    super(problem.code);
    this.name = 'RequestProblem';
  }
}
