import { STATUS_CODES } from 'node:http';
import { AdminError, type ErrorKind, SettingsConflict } from '../../admin/faults.js';
import type { Language } from '../../admin/speaking.js';
import type { Message, PlacedFault } from '../../locales/codes.js';
import { faultWords } from '../../locales/problem-text.js';
import { textOf } from '../../locales/text.js';
import { pathIn } from './path.js';
import { RequestProblem, statusOf } from './problem.js';

/** An answer as it goes out. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  missing: 404,
  conflict: 409,
  outdated: 412,
  forbidden: 403,
  tooMany: 429,
  unavailable: 503,
};

/** The answer to a request that failed (RFC 9457). It reveals nothing about a fault of the box itself. */
export function problemAnswer(error: unknown, language: Language): ProblemAnswer {
  if (error instanceof SettingsConflict) return problemAnswer(versionChanged(error), language);
  if (error instanceof AdminError) return answer(statusOfKind[error.kind], told(error, language), language, {});
  const { problem, facts } = error instanceof RequestProblem ? error : ownFault(error);
  const { path = [], faults, more, headers = {} } = facts;
  const fields = { ...said(problem, language), path, ...(faults && { faults }), ...more };
  return answer(statusOf[problem.code], fields, language, headers);
}

/** Whether the error is the box's own fault, which belongs in the log. */
export const isOwnFault = (error: unknown): boolean =>
  !(error instanceof SettingsConflict || error instanceof AdminError || error instanceof RequestProblem);

/** System errors of a disk that is full, broken or closed to the box. */
const diskErrors: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EACCES', 'EPERM']);

/** Whatever is kept is kept before it counts: where the disk does not take it, nothing has changed. */
function ownFault(error: unknown): RequestProblem {
  if (!(error instanceof Error && 'code' in error && diskErrors.has(error.code)))
    return new RequestProblem({ code: 'request.internal' });
  // Without the path that follows.
  const [reason = ''] = error.message.split(',');
  return new RequestProblem({ code: 'request.diskFails', params: { reason } });
}

const versionChanged = ({ version, since }: SettingsConflict): RequestProblem =>
  new RequestProblem(
    { code: 'request.versionChanged', params: { version } },
    { more: { version, changes: since }, headers: { etag: `"${version}"` } },
  );

function told({ problem, field, faults, further }: AdminError, language: Language): Readonly<Record<string, unknown>> {
  return {
    ...said(problem, language),
    path: pathIn(field ?? ''),
    ...(faults.length > 0 && { faults: faults.map((fault) => faultFields(fault, language)) }),
    ...(further.length > 0 && { further: further.map((other) => told(other, language)) }),
  };
}

const said = (message: Message, language: Language) => ({
  detail: textOf(language, message),
  code: message.code,
  params: 'params' in message ? message.params : {},
});

function faultFields(fault: PlacedFault, language: Language): Readonly<Record<string, unknown>> {
  const { reason, remedy } = faultWords(language, fault);
  return {
    path: pathIn(fault.path),
    code: fault.code,
    params: 'params' in fault ? fault.params : {},
    text: reason,
    remedy,
  };
}

function answer(
  status: number,
  fields: Readonly<Record<string, unknown>>,
  language: Language,
  headers: Readonly<Record<string, string>>,
): ProblemAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'content-language': language, ...headers },
    body: JSON.stringify({ title: STATUS_CODES[status], status, ...fields }),
  };
}
