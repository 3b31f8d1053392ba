import type { Gateway } from '../../gateway/gateway.js';
import type { Clock } from '../../gateway/world.js';
import { text } from '../../locales/text.js';
import { extensionsIn } from '../../monitoring/permission.js';
import type { AuditFact, ListeningPlace, RefusalReason } from '../../monitoring/records.js';
import type { Session } from '../../monitoring/session.js';
import type { CallId, ExtensionNumber } from '../../primitives/ids.js';
import { callId, extensionNumber, legId, profileId } from '../../primitives/ids.js';
import { AdminError, type ErrorKind } from '../../store/admin-error.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { talkingCalls } from '../../switchboard/talking-calls.js';
import type { Caller } from '../operation.js';
import { BrowserCalls } from './browser-calls.js';
import type { BrowserPhone, Browsers } from './browsers.js';
import { extensionNamesIn } from './live-view.js';
import type { MonitorFacts } from './monitor-facts.js';
import { noSuchMonitor } from './no-such-monitor.js';
import { ownExtension } from './own-extension.js';
import { dialoguesOf, dialogueView, type MonitorAction, monitorKeys } from './own-monitors.js';
import { Pace } from './pace.js';
import { ShownPins } from './shown-pins.js';

/** What a moderator wants to listen to, and by which right. */
export interface MonitorOrder {
  readonly member: string | null;
  readonly call: number | null;
  readonly profile: string | null;
  /** What for, by its name in the works agreement; null where nothing was said. */
  readonly purpose: string | null;
  readonly pin: string | null;
  readonly on: ListeningPlace;
  /** The dialogue in whose browser this goes on; another one in a browser ends, because that page is gone or is to be left. */
  readonly session: number | null;
}

/** The dialogue that has begun, and what the browser is offered that is called for it; null where a telephone is, or nothing anew. */
export interface MonitorBegun {
  readonly session: number;
  readonly offer: string | null;
}

/** What is needed to listen without dialling. */
export interface MonitorPlace {
  readonly gateway: Pick<Gateway, 'world' | 'dispatch'>;
  readonly clock: { read(): Pick<Clock, 'now'> };
  readonly settings: { readonly current: { readonly settings: Settings } };
  readonly facts: MonitorFacts;
  readonly browsers: Browsers;
}

const kindOf: Partial<Record<RefusalReason, ErrorKind>> = { wrongPin: 'forbidden', lockedOut: 'tooMany' };

/**
 * Lets moderators begin and steer their own listening by page or program. Nothing is decided here: what they ask for are events, as a
 * telephone that is dialled and its keys are, and the rules refuse the same with the same reasons.
 */
export class MonitorDesk {
  readonly #pins = new ShownPins();
  /** Names of the programs that have asked for a dialogue, by its serial. */
  readonly #programs = new Map<number, string>();
  readonly #pace = new Pace<ExtensionNumber>();
  #asked = 0;

  readonly #browsers: BrowserCalls;

  constructor(private readonly place: MonitorPlace) {
    this.#browsers = new BrowserCalls(place);
  }

  /** The dialogues of the caller. */
  own(caller: Caller) {
    const nameOf = extensionNamesIn(this.place.settings.current.settings);
    return dialoguesOf(this.place.gateway.world, ownExtension(caller)).map((session) => dialogueView(session, nameOf));
  }

  /** The calls in which the caller talks: one that was taken over is no listening any more, and a page has to notice its end. */
  talksIn(caller: Caller): readonly number[] {
    const extension = ownExtension(caller);
    const { calls } = this.place.gateway.world.switchboard;
    return talkingCalls(calls)
      .all.filter((call) => extensionsIn(call).includes(extension))
      .map(({ id }) => id);
  }

  /** Whether calls can be heard in a browser here. */
  get hasBrowsers(): boolean {
    return this.place.browsers.isThere;
  }

  /**
   * Calls the caller's telephones, or their browser, and lets them listen.
   * @throws AdminError with the reason for which the rules refuse it; `live.pinNeeded` if the PIN has not been shown yet.
   */
  async begin(order: MonitorOrder, caller: Caller): Promise<MonitorBegun> {
    const moderator = ownExtension(caller);
    const pinHash = this.#pinHashOf(moderator);
    if (order.pin === null && !this.#pins.isShown(caller, pinHash))
      throw new AdminError({ code: 'live.pinNeeded' }, { kind: 'forbidden' });
    this.#checkProfile(order.profile);
    this.#keepPace(moderator);
    const isAnew = order.on === 'browser' && !this.#goesOn(moderator, order.session);
    const phone = isAnew ? await this.#browsers.take() : null;
    const session = await this.#ask(order, moderator, caller, phone).catch((error: unknown) => {
      phone?.giveBack();
      throw error;
    });
    if (order.pin !== null) this.#pins.shown(caller, pinHash);
    if (caller.login === undefined) this.#noteProgram(session, caller);
    return { session, offer: phone && (await this.#browsers.offer(session, phone, caller)) };
  }

  /** Picks up in the browser that is called, which hears the call: that of whoever has shown the PIN, as with the buttons. */
  async answer(serial: number, sdp: string, caller: Caller): Promise<void> {
    const moderator = ownExtension(caller);
    const session = this.#ownOf(moderator, serial);
    if (!session) throw this.#browsers.gone(serial);
    this.#requireShown(session, moderator, caller);
    await this.#browsers.answer(serial, sdp, caller);
  }

  /** The caller's page is still there in which the call is heard. */
  stay(serial: number, caller: Caller): void {
    this.#browsers.stay(serial, caller);
  }

  /** Does what a key of the telephone does. */
  press(serial: number, action: MonitorAction, caller: Caller): void {
    const moderator = ownExtension(caller);
    const session = this.#ownOf(moderator, serial);
    if (session?.stage.kind !== 'monitoring') throw noSuchMonitor(serial);
    this.#requireShown(session, moderator, caller);
    this.#keepPace(moderator);
    const facts: AuditFact[] = [];
    const stop = this.place.facts.watch((fact) => facts.push(fact));
    this.place.gateway.dispatch({ type: 'digit', leg: session.leg, digit: monitorKeys[action] });
    stop();
    refuseIn(facts);
  }

  /** Ends a dialogue of the caller's own. @returns whether it is one. */
  end(serial: number, caller: Caller): boolean {
    const { extension } = caller;
    const session = caller.roles.has('moderator') && extension !== null ? this.#ownOf(extension, serial) : undefined;
    if (!session) return false;
    this.place.gateway.dispatch({ type: 'monitorEnded', session: serial, reason: 'moderatorLeft' });
    return true;
  }

  /**
   * A program shows the PIN each time that it asks, and may then go on.
   * @throws AdminError for others who have not shown it.
   */
  #requireShown({ serial }: Session, moderator: ExtensionNumber, caller: Caller): void {
    const isShown =
      caller.login === undefined
        ? this.#programs.get(serial) === caller.name
        : this.#pins.isShown(caller, this.#pinHashOf(moderator));
    if (!isShown) throw new AdminError({ code: 'live.pinNeeded' }, { kind: 'forbidden' });
  }

  #noteProgram(session: number, { name }: Caller): void {
    const running = new Set([...this.place.gateway.world.monitoring.sessions.values()].map(({ serial }) => serial));
    for (const known of this.#programs.keys()) if (!running.has(known)) this.#programs.delete(known);
    this.#programs.set(session, name);
  }

  /** @returns the serial of the dialogue. */
  async #ask(
    order: MonitorOrder,
    moderator: ExtensionNumber,
    caller: Caller,
    phone: BrowserPhone | null,
  ): Promise<number> {
    const { member, call, profile, purpose, pin, on } = order;
    this.#asked += 1;
    const leg = legId(`asked-${this.#asked}`);
    const facts = await this.#identified(() =>
      this.place.gateway.dispatch({
        type: 'monitorAskedFor',
        leg,
        moderator,
        by: caller.name,
        rights: caller.rights,
        pin,
        purpose,
        profile: profile === null ? null : profileId(profile),
        wanted: {
          member: member === null ? null : extensionNumber(member),
          call: call === null ? null : callId(call),
        },
        title: this.#titleOf(order, caller),
        on,
        browser: phone?.to ?? null,
      }),
    );
    refuseIn(facts);
    return facts[0]?.session ?? 0;
  }

  /** Whether the browser of this dialogue can go on with another call; others that the moderator has are ended. */
  #goesOn(moderator: ExtensionNumber, serial: number | null): boolean {
    const inBrowser = dialoguesOf(this.place.gateway.world, moderator).filter(({ asked }) => asked?.on === 'browser');
    const present = inBrowser.find((session) => session.serial === serial && isOpen(session));
    for (const { serial: session } of inBrowser)
      if (session !== present?.serial)
        this.place.gateway.dispatch({ type: 'monitorEnded', session, reason: 'browserLost' });
    return present !== undefined;
  }

  /** @throws AdminError for a moderator who orders too fast. */
  #keepPace(moderator: ExtensionNumber): void {
    const waitMs = this.#pace.waitMs(moderator, this.place.clock.read().now);
    if (waitMs === 0) return;
    const params = { seconds: Math.ceil(waitMs / 1000) };
    throw new AdminError({ code: 'access.tooManyTries', params }, { kind: 'tooMany' });
  }

  #ownOf(moderator: ExtensionNumber, serial: number): Session | undefined {
    return dialoguesOf(this.place.gateway.world, moderator).find((session) => session.serial === serial);
  }

  /** What the rules note until it is known who the moderator is: the comparison of a PIN takes a moment. */
  async #identified(ask: () => void): Promise<readonly AuditFact[]> {
    const facts: AuditFact[] = [];
    let stop = (): void => {};
    let limit: NodeJS.Timeout | undefined;
    const isKnown = new Promise<boolean>((resolve) => {
      stop = this.place.facts.watch((fact) => {
        const [first = fact] = facts;
        // The end of a draw stands under the dialogue in which it was made, which may be an earlier one.
        if (fact.type === 'drawEnded' || fact.session !== first.session) return;
        facts.push(fact);
        if (isDecisive(fact)) resolve(true);
      });
      limit = setTimeout(resolve, longestWaitMs, false);
    });
    try {
      ask();
      const [first] = facts;
      if (!first) throw new AdminError({ code: 'live.noProfile' }, { kind: 'conflict' });
      if (await isKnown) return facts;
      // What nobody waits for any more must not begin later.
      this.place.gateway.dispatch({ type: 'monitorEnded', session: first.session, reason: 'moderatorLeft' });
      throw new AdminError({ code: 'live.tooSlow' }, { kind: 'unavailable' });
    } finally {
      clearTimeout(limit);
      stop();
    }
  }

  #checkProfile(profile: string | null): void {
    const { profiles } = this.place.gateway.world.monitoring.policy;
    if (profile !== null && !profiles.has(profileId(profile)))
      throw new AdminError({ code: 'live.noSuchProfile', params: { profile } }, { kind: 'missing' });
  }

  #pinHashOf(moderator: ExtensionNumber): string | null {
    const { extensions } = this.place.settings.current.settings;
    return extensions.find(({ number }) => number === moderator)?.pin ?? null;
  }

  /** What the telephone shows, in the language of whoever asks. */
  #titleOf({ member, call }: MonitorOrder, { language }: Caller): string {
    const who = member ?? (call === null ? '' : this.#partiesOf(callId(call)));
    return text(language, 'live.title', { who }).trim();
  }

  #partiesOf(id: CallId): string {
    const call = this.place.gateway.world.switchboard.calls.get(id);
    return call?.kind === 'talking' ? `${call.caller.number} - ${call.callee.number}` : '';
  }
}

/** In one that rings, or in which goodbye is being said, nothing else can begin. */
const isOpen = ({ stage: { kind } }: Session): boolean =>
  kind === 'monitoring' || kind === 'purpose' || kind === 'member';

/** For so long a PIN may be compared, and the record may take what was noted, in milliseconds. */
const longestWaitMs = 30_000;

/** After it, or along with it, the rules have said whether the moderator may listen, or that the drawn call is over. */
const isDecisive = ({ type }: AuditFact): boolean =>
  type === 'identified' ||
  type === 'drawn' ||
  type === 'admissionAsked' ||
  type === 'started' ||
  type === 'refused' ||
  type === 'dialogueEnded';

/** @throws AdminError with the last reason for which the rules have refused something. */
function refuseIn(facts: readonly AuditFact[]): void {
  const refusal = facts.findLast((fact) => fact.type === 'refused');
  if (refusal?.type !== 'refused') return;
  const { reason } = refusal;
  throw new AdminError({ code: `live.refused.${reason}` }, { kind: kindOf[reason] ?? 'conflict' });
}
