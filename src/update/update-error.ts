import { AdminError } from '../store/admin-error.js';
import type { Refusal, SystemImage } from './rules/refusal.js';

/** Why there is no update; nothing has been changed on the box. */
export class UpdateError extends AdminError {}

/** In the words for it. */
export function refused(refusal: Refusal, offered: SystemImage, running: SystemImage): UpdateError {
  if (refusal === 'noVersion') return new UpdateError({ code: 'update.noVersion' });
  if (refusal === 'otherBoard')
    return new UpdateError({ code: 'update.otherBoard', params: { offered: offered.board, running: running.board } });
  return new UpdateError({ code: 'update.olderMajor', params: { offered: offered.version, running: running.version } });
}

/** What RAUC says, in words that help: it has one sentence for each step of the way to the cause. */
export function installerFault(reason: string): UpdateError {
  if (/no such file/i.test(reason)) return new UpdateError({ code: 'update.gone' }, { kind: 'missing' });
  if (/signature verification failed/i.test(reason)) return new UpdateError({ code: 'update.otherSigner' });
  if (/failed to stream|https?:/i.test(reason))
    return new UpdateError({ code: 'update.unreachable', params: { reason } }, { kind: 'unavailable' });
  return new UpdateError({ code: 'update.unusable', params: { reason } });
}
