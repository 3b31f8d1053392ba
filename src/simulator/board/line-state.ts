import type { HatReport } from '../hat/control-messages.js';
import type { ExchangeState, PageAction, TelephoneState } from '../page/messages.js';

/** What changes how a line looks: actions at its far end, and reports of the HAT. */
export type LineEvent = PageAction | HatReport;

const onHook = { state: 'onHook' } as const;

/** A telephone after the event. A flash is too short to be seen. */
export function telephoneAfter(line: TelephoneState, event: LineEvent): TelephoneState {
  return 'do' in event ? handled(line, event) : line.state === 'offHook' ? line : rung(line, event);
}

function handled(line: TelephoneState, action: PageAction): TelephoneState {
  if (action.do === 'hangUp') return onHook;
  if (line.state !== 'offHook') return action.do === 'lift' ? { state: 'offHook', key: null } : line;
  if (action.do === 'hold') return { ...line, key: action.key };
  return action.do === 'release' ? { ...line, key: null } : line;
}

function rung(line: Exclude<TelephoneState, { state: 'offHook' }>, notice: HatReport): TelephoneState {
  const caller = line.state === 'ringing' ? line.caller : null;
  if (notice.event === 'bell') return notice.isRinging ? { state: 'ringing', isBellOn: notice.isOn, caller } : onHook;
  if (notice.event !== 'caller' || line.state !== 'ringing') return line;
  return { ...line, caller: { number: notice.number, name: notice.name } };
}

/** An exchange after the event. */
export function exchangeAfter(line: ExchangeState, event: LineEvent): ExchangeState {
  if ('do' in event) {
    if (event.do === 'ring' && line.state !== 'seized') return { state: 'ringing', caller: event.caller };
    return event.do === 'stopRinging' && line.state === 'ringing' ? onHook : line;
  }
  if (event.event === 'line') return switched(line, event.isSeized);
  return event.event === 'dialled' && line.state === 'seized' ? { ...line, dialled: event.digits } : line;
}

function switched(line: ExchangeState, isSeized: boolean): ExchangeState {
  if (isSeized) return line.state === 'seized' ? line : { state: 'seized', dialled: '' };
  return line.state === 'seized' ? onHook : line;
}
