import type { Gateway } from '../../gateway/gateway.js';
import { helpFor } from '../../gateway/help.js';
import type { Clock } from '../../gateway/world.js';
import { canAskForHelp } from '../../monitoring/help.js';
import type { Mode } from '../../monitoring/profile.js';
import { isCalledForHelp, moderatorOf, type Session } from '../../monitoring/session.js';
import { type ExtensionNumber, legId } from '../../primitives/ids.js';
import { AdminError } from '../../store/admin-error.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { Caller } from '../operation.js';
import { extensionNamesIn } from './live-view.js';
import { ownExtension } from './own-extension.js';
import { Pace } from './pace.js';

/** What is needed to call moderators for a member. */
export interface HelpPlace {
  readonly gateway: Pick<Gateway, 'world' | 'dispatch'>;
  readonly clock: { read(): Clock };
  readonly settings: { readonly current: { readonly settings: Settings } };
}

/** Lets members ask by page or program for a moderator in their own call, as they do by a code at the telephone. */
export class HelpDesk {
  readonly #pace = new Pace<ExtensionNumber>();
  #asked = 0;

  constructor(private readonly place: HelpPlace) {}

  /** Whether the caller can ask, and what has come of it. */
  own(caller: Caller) {
    const { gateway, settings } = this.place;
    const member = ownExtension(caller);
    const { policy, sessions } = gateway.world.monitoring;
    const nameOf = extensionNamesIn(settings.current.settings);
    const forMember = [...sessions.values()].filter(({ helps }) => helps?.member === member);
    const helping = forMember.filter(({ stage }) => stage.kind === 'monitoring');
    const called = forMember.filter(isCalledForHelp);
    const moderators = (helping.length > 0 ? helping : called).flatMap((session) => moderatorOf(session) ?? []);
    return {
      canAsk: canAskForHelp(policy, member, 'whisper'),
      state: stateOf(helping, called),
      moderators: moderators.map((number) => ({ number, name: nameOf(number) })),
    };
  }

  /** Calls the moderators of the caller. @throws AdminError with the reason for which nobody is called. */
  ask(mode: Mode, caller: Caller): void {
    const { gateway, clock } = this.place;
    const extension = ownExtension(caller);
    this.#keepPace(extension);
    this.#asked += 1;
    const leg = legId(`help-page-${this.#asked}`);
    const found = helpFor(gateway.world, { member: extension, mode, isDialled: false, leg }, clock.read());
    if (found.kind === 'none') throw new AdminError({ code: `live.help.${found.reason}` }, { kind: 'conflict' });
    const { help, helpers } = found;
    gateway.dispatch({ type: 'helpAsked', help, helpers, by: { way: 'page', by: caller.name } });
  }

  /** Nobody is called for the caller any more, and who helps leaves. */
  withdraw(caller: Caller): void {
    this.place.gateway.dispatch({ type: 'helpWithdrawn', extension: ownExtension(caller) });
  }

  /** @throws AdminError for whoever asks too often: telephones ring for it. */
  #keepPace(extension: ExtensionNumber): void {
    const waitMs = this.#pace.waitMs(extension, this.place.clock.read().now);
    if (waitMs === 0) return;
    const params = { seconds: Math.ceil(waitMs / 1000) };
    throw new AdminError({ code: 'access.tooManyTries', params }, { kind: 'tooMany' });
  }
}

function stateOf(helping: readonly Session[], called: readonly Session[]): 'helped' | 'called' | 'none' {
  if (helping.length > 0) return 'helped';
  return called.length > 0 ? 'called' : 'none';
}
