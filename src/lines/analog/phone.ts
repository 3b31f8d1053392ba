import type { LegId } from '../../primitives/ids.js';
import { legId } from '../../primitives/ids.js';
import type { Digit, KeyDetection } from '../../primitives/keys.js';
import type { Instant } from '../../primitives/time.js';
import type { LegEvent } from '../../switchboard/events.js';
import { shownCaller } from '../../switchboard/leg-commands.js';
import type { NetworkTone } from '../../switchboard/network-tones.js';
import type { ReleaseCause } from '../../switchboard/release-cause.js';
import type {
  Activity,
  AnalogPhone,
  OffHook,
  PhoneCommand,
  PhoneInput,
  PhoneOutcome,
  PhoneOutput,
  PhoneState,
} from './phone-state.js';
import { activeLeg, contactOf, legsOf, nextDeadline } from './phone-state.js';

/** In milliseconds. */
export const phoneTimes = {
  /** From lifting to the first digit. */
  firstDigit: 15_000,
  /** From one digit to the next; after that the number counts as complete. */
  nextDigit: 4_000,
  /** Busy or congestion tone, before the howler. */
  overTone: 30_000,
  howler: 60_000,
  recall: 30_000,
} as const;

const longestNumber = 32;

/** The phone after an input; one that does not fit its state changes nothing. */
export function transition(phone: AnalogPhone, input: PhoneInput, now: Instant): PhoneOutcome {
  switch (input.type) {
    case 'ready':
      return appear(phone, input.digits);
    case 'lost':
      return disappear(phone);
    case 'fault':
      return quiet(phone);
    case 'missed':
      return suspectDigits(phone, now);
    case 'offHook':
      return lift(phone, now);
    case 'onHook':
      return hangUp(phone, now);
    case 'digit':
      return press(phone, input.digit, now);
    case 'flash':
      return flash(phone, now);
    case 'tick':
      return timePassed(phone, now);
    default:
      return execute(phone, input, now);
  }
}

function appear(phone: AnalogPhone, keys: KeyDetection): PhoneOutcome {
  if (phone.state.kind !== 'absent') return quiet(phone);
  const { extension } = phone.settings;
  return become({ ...phone, keys }, { kind: 'idle' }, [
    { type: 'contactBound', extension, contact: contactOf(phone.settings) },
  ]);
}

function disappear(phone: AnalogPhone): PhoneOutcome {
  if (phone.state.kind === 'absent') return quiet(phone);
  const { extension } = phone.settings;
  return become(phone, { kind: 'absent' }, [
    ...releasedAll(phone.state, 'failure'),
    { type: 'contactUnbound', extension, contact: contactOf(phone.settings) },
  ]);
}

function lift(phone: AnalogPhone, now: Instant): PhoneOutcome {
  const { state, settings } = phone;
  switch (state.kind) {
    case 'idle':
      return settings.onLift.kind === 'call'
        ? call(phone, null, settings.onLift.number)
        : become(phone, offHook(null, awaitFirstDigit(now)));
    case 'ringing':
      return become(phone, talkingOn(state.leg), [{ type: 'answered', leg: state.leg }]);
    case 'recalling':
      return become(phone, talkingOn(state.held), [{ type: 'held', leg: state.held, held: false }]);
    case 'absent':
    case 'offHook':
      return quiet(phone);
  }
}

function hangUp(phone: AnalogPhone, now: Instant): PhoneOutcome {
  const { state } = phone;
  if (state.kind !== 'offHook') return quiet(phone);
  const { held, activity } = state;
  const leg = activeLeg(activity);
  if (held !== null && leg === null) {
    return become(phone, { kind: 'recalling', held, until: now + phoneTimes.recall });
  }
  const transfer: readonly PhoneOutput[] =
    held !== null && leg !== null ? [{ type: 'transfer', held, to: leg, isHungUp: true }] : [];
  return become(phone, { kind: 'idle' }, [...transfer, ...releasedAll(state, 'normal')]);
}

/** Puts the party on hold for a second dial tone; with a party on hold already, returns to it. */
function flash(phone: AnalogPhone, now: Instant): PhoneOutcome {
  const { state } = phone;
  if (state.kind !== 'offHook') return quiet(phone);
  const { held, activity } = state;
  if (held !== null) {
    const leg = activeLeg(activity);
    return become(phone, talkingOn(held), [
      ...(leg === null ? [] : [released(leg, 'normal')]),
      { type: 'held', leg: held, held: false },
    ]);
  }
  return activity.kind === 'talking'
    ? become(phone, offHook(activity.leg, awaitFirstDigit(now)), [{ type: 'held', leg: activity.leg, held: true }])
    : quiet(phone);
}

function press(phone: AnalogPhone, digit: Digit, now: Instant): PhoneOutcome {
  const { state } = phone;
  if (state.kind !== 'offHook') return quiet(phone);
  switch (state.activity.kind) {
    case 'dialTone':
      return dialled(phone, state, digit, now);
    case 'dialling':
      return endsNumber(digit, state.activity.digits)
        ? call(phone, state.held, state.activity.digits)
        : dialled(phone, state, state.activity.digits + digit, now);
    case 'calling':
    case 'talking':
      return { phone, events: [{ type: 'digit', leg: state.activity.leg, digit }] };
    case 'over':
    case 'leftOffHook':
      return quiet(phone);
  }
}

/** Behind the first `*`, a `#` belongs to the code that asks how something is set (`*#21#`). */
const endsNumber = (digit: Digit, digits: string): boolean => digit === '#' && digits !== '*';

function dialled(phone: AnalogPhone, { held }: OffHook, digits: string, now: Instant): PhoneOutcome {
  return phone.settings.isComplete(digits) || digits.length >= longestNumber
    ? call(phone, held, digits)
    : become(phone, offHook(held, { kind: 'dialling', digits, until: now + phoneTimes.nextDigit }));
}

function call(phone: AnalogPhone, held: LegId | null, number: string): PhoneOutcome {
  const { port, extension } = phone.settings;
  const leg = legId(`${port}-${phone.nextLeg}`);
  const incoming: LegEvent = {
    type: 'incoming',
    leg,
    origin: { kind: 'extension', number: extension },
    caller: shownCaller({ number: extension, name: '' }),
    dialled: number,
    ...(held === null ? {} : { holds: held }),
  };
  const calling = offHook(held, { kind: 'calling', leg, progress: 'trying' });
  return { phone: { ...phone, state: calling, nextLeg: phone.nextLeg + 1 }, events: [incoming] };
}

/** With a digit missing, the number would be somebody else's, so the call is given up. */
function suspectDigits(phone: AnalogPhone, now: Instant): PhoneOutcome {
  const { state } = phone;
  return state.kind === 'offHook' && state.activity.kind === 'dialling'
    ? become(phone, offHook(state.held, over('congestion', now)))
    : quiet(phone);
}

function timePassed(phone: AnalogPhone, now: Instant): PhoneOutcome {
  const { state } = phone;
  const deadline = nextDeadline(phone);
  if (deadline === undefined || now < deadline) return quiet(phone);
  if (state.kind === 'recalling') {
    return become(phone, { kind: 'idle' }, [released(state.held, 'noAnswer')]);
  }
  if (state.kind !== 'offHook') return quiet(phone);
  const { held, activity } = state;
  switch (activity.kind) {
    case 'dialTone':
      return become(phone, offHook(held, over('congestion', now)));
    case 'dialling':
      return call(phone, held, activity.digits);
    case 'over':
      return become(phone, offHook(held, later(activity.tone, now)));
    case 'calling':
    case 'talking':
    case 'leftOffHook':
      return quiet(phone);
  }
}

/** First the howler, then silence for good. */
function later(tone: NetworkTone, now: Instant): Activity {
  return tone === 'howler' ? { kind: 'leftOffHook' } : { kind: 'over', tone: 'howler', until: now + phoneTimes.howler };
}

function execute(phone: AnalogPhone, command: PhoneCommand, now: Instant): PhoneOutcome {
  switch (command.type) {
    case 'dial':
      return phone.state.kind === 'idle'
        ? become(phone, { kind: 'ringing', leg: command.leg, caller: command.caller }, [
            { type: 'ringing', leg: command.leg },
          ])
        : { phone, events: [released(command.leg, phone.state.kind === 'absent' ? 'unavailable' : 'busy')] };
    case 'ring':
      return progress(phone, command.leg, 'ringing');
    case 'openEarlyMedia':
      return progress(phone, command.leg, 'earlyMedia');
    case 'answer':
      return answer(phone, command.leg);
    case 'release':
      return release(phone, command.leg, command.cause, now);
  }
}

function progress(phone: AnalogPhone, leg: LegId, reached: 'ringing' | 'earlyMedia'): PhoneOutcome {
  const { state } = phone;
  return state.kind === 'offHook' && state.activity.kind === 'calling' && state.activity.leg === leg
    ? become(phone, offHook(state.held, { kind: 'calling', leg, progress: reached }))
    : quiet(phone);
}

function answer(phone: AnalogPhone, leg: LegId): PhoneOutcome {
  const { state } = phone;
  return state.kind === 'offHook' && state.activity.kind === 'calling' && state.activity.leg === leg
    ? become(phone, offHook(state.held, { kind: 'talking', leg }), [{ type: 'answered', leg }])
    : quiet(phone);
}

function release(phone: AnalogPhone, leg: LegId, cause: ReleaseCause, now: Instant): PhoneOutcome {
  const { state } = phone;
  if (!legsOf(state).includes(leg)) return quiet(phone);
  const after: PhoneState =
    state.kind !== 'offHook'
      ? { kind: 'idle' }
      : state.held === leg
        ? offHook(null, state.activity)
        : offHook(state.held, over(toneFor(cause), now));
  return become(phone, after, [released(leg, cause)]);
}

/** Busy tone after a call, as exchanges play it; congestion tone when the call could not be made at all. */
function toneFor(cause: ReleaseCause): 'busy' | 'congestion' {
  const busyCauses: readonly ReleaseCause[] = ['normal', 'busy', 'declined', 'noAnswer', 'cancelled'];
  return busyCauses.includes(cause) ? 'busy' : 'congestion';
}

const quiet = (phone: AnalogPhone): PhoneOutcome => ({ phone, events: [] });

const become = (phone: AnalogPhone, state: PhoneState, events: readonly PhoneOutput[] = []): PhoneOutcome => ({
  phone: { ...phone, state },
  events,
});

const offHook = (held: LegId | null, activity: Activity): OffHook => ({ kind: 'offHook', held, activity });

const talkingOn = (leg: LegId): OffHook => offHook(null, { kind: 'talking', leg });

const awaitFirstDigit = (now: Instant): Activity => ({ kind: 'dialTone', until: now + phoneTimes.firstDigit });

const over = (tone: 'busy' | 'congestion', now: Instant): Activity => ({
  kind: 'over',
  tone,
  until: now + phoneTimes.overTone,
});

const released = (leg: LegId, cause: ReleaseCause): LegEvent => ({ type: 'released', leg, cause });

function releasedAll(state: PhoneState, cause: ReleaseCause): readonly LegEvent[] {
  return legsOf(state).map((leg) => released(leg, cause));
}
