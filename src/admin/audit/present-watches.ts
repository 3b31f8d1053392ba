import type { Session } from '../../monitoring/session.js';

/** Whom a moderator is attached to at this moment, as entries of the record name them. */
export interface PresentWatch {
  readonly session: number;
  readonly member: string;
  /** Null while the moderator waits for the member's next call. */
  readonly call: number | null;
}

export const presentWatches = (sessions: Iterable<Session>): readonly PresentWatch[] =>
  [...sessions].flatMap(({ serial, stage }) => {
    if (stage.kind !== 'monitoring') return [];
    const { member, target } = stage.monitor;
    return [{ session: serial, member, call: target.kind === 'waiting' ? null : target.call }];
  });

/** Whether an entry tells of something that still goes on. That a moderator has left a call is over, even if they listen to another one now. */
export const isPresent = (
  watches: readonly PresentWatch[],
  { session, member, call }: Readonly<Record<string, unknown>>,
) =>
  watches.some(
    (watch) => watch.session === session && watch.member === member && (call === undefined || call === watch.call),
  );
