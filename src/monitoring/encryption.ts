import { type Protection, protectionOn } from '../switchboard/protection.js';
import { parties, type TalkingCall } from '../switchboard/state.js';
import type { Barrier } from './records.js';
import { isUnanswered, type Session, type SessionContext } from './session.js';

/**
 * Whether the sound of an encrypted call would travel in clear where the profile does not allow it; undefined means no. While the
 * moderator's telephones still ring, it is not known yet how it would.
 */
export function encryptionRefusal(
  { protections }: Pick<SessionContext, 'protections'>,
  session: Session,
  call: TalkingCall,
): Barrier | undefined {
  const on = (leg: Session['leg']): Protection => protectionOn(protections, leg);
  const ends = parties(call).map(({ leg }) => on(leg));
  if (!ends.includes('encrypted')) return undefined;
  return travelsIn(session, ends, on(session.leg)).includes('clear') ? 'notEncrypted' : undefined;
}

/** How the sound travels on all the lines that the profile looks at. */
function travelsIn(session: Session, ends: readonly Protection[], own: Protection): readonly Protection[] {
  const { encryptedCalls } = session.profile;
  if (encryptedCalls === 'anyLine') return [];
  const moderators = isUnanswered(session) ? [] : [own];
  return encryptedCalls === 'protectedThroughout' ? [...ends, ...moderators] : moderators;
}
