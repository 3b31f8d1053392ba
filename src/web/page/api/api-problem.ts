import { say, sayOr } from '../texts.js';
import type { SettingsChange } from './settings-change.js';

/** One mistake in what was sent, with its place. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly text: string;
  readonly remedy?: string;
  /** Whether the text is a sentence by itself, since nothing else is wrong. */
  readonly isAll?: true;
}

/** Why the box did not do what it was asked to do (RFC 9457), in the language of the page. */
export class ApiProblem extends Error {
  constructor(
    /** 0 where no answer came. */
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly faults: readonly Fault[] = [],
    readonly params: Readonly<Record<string, unknown>> = {},
    /** Where a change was made against an older one: the version that is there now, else null. */
    readonly version: number | null = null,
    /** What was changed since; null where that is not known. */
    readonly changes: readonly SettingsChange[] | null = null,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }

  /** What is wrong with a field, such as `notice.member`, or within it; undefined if nothing. */
  faultAt(field: string): Fault | undefined {
    return this.faults.find((fault) => isWithin(field, fault));
  }

  /** What is left of it once a field is different; null where that was all. */
  without(field: string): ApiProblem | null {
    const { status, code, message, params, version, changes } = this;
    const left = this.faults.filter((fault) => !isWithin(field, fault));
    if (left.length === this.faults.length) return this;
    return left.length === 0 ? null : new ApiProblem(status, code, message, left, params, version, changes);
  }
}

const isWithin = (field: string, { path }: Fault): boolean => `${path.join('.')}.`.startsWith(`${field}.`);

export const unreachable = (): ApiProblem => new ApiProblem(0, 'unreachable', say('box.unreachable'));

/** The problem that an answer tells. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: Partial<Record<string, unknown>> = await response.json().catch(() => ({}));
  const { code = 'unknown', detail, faults, path = [], params = {}, changes = null } = body;
  const told = typeof detail === 'string' ? detail : say('box.unexpected', { status: response.status });
  // Some of what the box says names commands, which are of no use to somebody at the page.
  const text = sayOr(`problem.${code}`, told);
  const known = params as Readonly<Record<string, unknown>>;
  return new ApiProblem(
    response.status,
    String(code),
    text,
    (faults as readonly Fault[] | undefined) ?? wholeFault(path as Fault['path'], String(code), text),
    known,
    code === versionChanged ? Number(known.version) : null,
    changes as readonly SettingsChange[] | null,
  );
}

export const versionChanged = 'request.versionChanged';

/** A problem that is all about one field, as the fault of that field. */
const wholeFault = (path: Fault['path'], code: string, text: string): readonly Fault[] =>
  path.length === 0 ? [] : [{ path, code, text, isAll: true }];

/** What was thrown, as a problem to be shown. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem(0, 'page', say('box.pageFault', { reason: String(error) }));
