import type { World } from '../../gateway/world.js';
import { type Monitor, moderatorOf, type Session } from '../../monitoring/session.js';
import { audibleMode } from '../../monitoring/watching.js';
import { type ExtensionNumber, extensionNumber } from '../../primitives/ids.js';
import type { NameOf } from './live-view.js';

/** What a moderator can do while listening, by the key of the telephone that does the same. */
export const monitorKeys = {
  listen: '4',
  whisper: '5',
  barge: '6',
  takeOver: '8',
  next: '*',
  previous: '0',
  follow: '7',
  quieter: '1',
  louder: '3',
} as const;

export type MonitorAction = keyof typeof monitorKeys;

/** The dialogues that a moderator has with the box, by whichever way they began. */
export function dialoguesOf({ monitoring }: World, moderator: ExtensionNumber): readonly Session[] {
  return [...monitoring.sessions.values()].filter((session) => whoseIs(session) === moderator);
}

/** Whoever has asked to be called is known only once their PIN has been compared. */
const whoseIs = (session: Session): ExtensionNumber | null =>
  session.stage.kind === 'checking' ? null : moderatorOf(session);

/** What a moderator sees of a dialogue of their own. */
export function dialogueView(session: Session, nameOf: NameOf) {
  const { serial, profile, asked, helps, stage } = session;
  const base = {
    session: serial,
    profile: profile.id,
    on: asked?.on ?? null,
    interventions: [...profile.interventions],
    helps: helps !== null,
  };
  const asking = helps === null ? nobody : { ...nobody, member: helps.member, memberName: nameOf(helps.member) };
  if (stage.kind !== 'monitoring')
    return { ...base, ...asking, state: stateOf(stage.kind), ...unheard, follows: false };
  const { member, target, follow } = stage.monitor;
  const attached = target.kind === 'waiting' ? null : target;
  return {
    ...base,
    state: stateOfTarget[target.kind],
    member,
    memberName: nameOf(member),
    call: attached?.call ?? null,
    other: attached?.other ?? null,
    // A number from outside that looks like an extension's has its trunk in front, so that it is never taken for one.
    otherName: attached ? nameOf(extensionNumber(attached.other)) : '',
    mode: audibleMode(stage.monitor),
    changingTo: nextMode(stage.monitor),
    follows: follow,
  };
}

const nobody = { member: null, memberName: '', other: null, otherName: '' };
const unheard = { call: null, mode: null, changingTo: null };

const nextMode = ({ target }: Monitor) =>
  target.kind === 'call' && target.audio.kind === 'recording' ? target.audio.next : null;

const stateOfTarget = { call: 'attached', asking: 'asking', waiting: 'waiting' } as const;

function stateOf(kind: Session['stage']['kind']): 'calling' | 'asked' | 'ending' {
  if (kind === 'calling') return 'calling';
  return kind === 'purpose' || kind === 'member' || kind === 'drawing' ? 'asked' : 'ending';
}
