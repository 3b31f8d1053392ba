import type { ContactId, TrunkId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { LineEvent, PhoneFacts } from './events.js';
import type { SwitchboardState } from './state.js';

type Of<Type extends LineEvent['type']> = Extract<LineEvent, { type: Type }>;

/** Later reports of a phone or trunk that was removed change nothing. */
export function contactBound(state: SwitchboardState, event: Of<'contactBound'>, now: Instant): SwitchboardState {
  const { extension, contact, phone } = event;
  if (!state.directory.extensions.has(extension)) return state;
  const contacts = new Map(state.contacts).set(extension, [...without(state, event), contact]);
  const bound = { ...state, contacts };
  return phone === undefined ? bound : withPhone(bound, contact, phone, now);
}

export function contactUnbound(state: SwitchboardState, event: Of<'contactUnbound'>): SwitchboardState {
  const { extension, contact } = event;
  const phones = new Map(state.phones);
  phones.delete(contact);
  const responsive = withResponsiveness({ ...state, phones }, contact, true);
  if (!state.directory.extensions.has(extension)) return responsive;
  return { ...responsive, contacts: new Map(state.contacts).set(extension, without(state, event)) };
}

/** A registered phone has registered again, perhaps from elsewhere. */
export function contactRefreshed(
  state: SwitchboardState,
  { contact, phone }: Of<'contactRefreshed'>,
  now: Instant,
): SwitchboardState {
  return state.phones.has(contact) ? withPhone(state, contact, phone, now) : state;
}

function withPhone(state: SwitchboardState, contact: ContactId, phone: PhoneFacts, now: Instant): SwitchboardState {
  const since = state.phones.get(contact)?.since ?? now;
  const registered = { ...phone, since, until: now + phone.expiresInMs };
  return { ...state, phones: new Map(state.phones).set(contact, registered) };
}

function without(
  state: SwitchboardState,
  { extension, contact }: Of<'contactBound' | 'contactUnbound'>,
): readonly ContactId[] {
  return (state.contacts.get(extension) ?? []).filter((other) => other !== contact);
}

/** A call to a phone may end after its registration; its name does not come again. */
export function contactUnresponsive(state: SwitchboardState, contact: ContactId): SwitchboardState {
  const isRegistered = [...state.contacts.values()].some((contacts) => contacts.includes(contact));
  return isRegistered ? withResponsiveness(state, contact, false) : state;
}

export function withResponsiveness(
  state: SwitchboardState,
  contact: ContactId,
  isResponsive: boolean,
): SwitchboardState {
  const others = [...state.unresponsiveContacts].filter((other) => other !== contact);
  return { ...state, unresponsiveContacts: new Set(isResponsive ? others : [...others, contact]) };
}

export function trunkUp(state: SwitchboardState, trunk: TrunkId): SwitchboardState {
  const trunksDown = new Map(state.trunksDown);
  trunksDown.delete(trunk);
  return { ...state, trunksDown };
}

/** Reported at each attempt: it has been down since the first. */
export function trunkDown(state: SwitchboardState, { trunk, reason }: Of<'trunkDown'>, now: Instant): SwitchboardState {
  if (!state.directory.trunks.some(({ id }) => id === trunk)) return state;
  const since = state.trunksDown.get(trunk)?.since ?? now;
  return { ...state, trunksDown: new Map(state.trunksDown).set(trunk, { since, reason }) };
}
