import { membersOf, phonesAtBox, type Settings } from './set-up-data.js';

/** A call that one person alone can make at the front panel of a simulated board, such that it can be listened to. */
export interface PanelCall {
  /** Of the extension whose telephone is to be lifted: what it is called on the front panel. */
  readonly name: string;
  readonly number: string;
  /** What reaches the exchange from there, before any number; null where the exchange can ring it. */
  readonly prefix: string | null;
}

/** Null where no telephone at the box is a member's who has agreed, or there is no exchange line. */
export function panelCallIn(settings: Settings): PanelCall | null {
  const { profiles, exclusions, trunks } = settings;
  const inUse = profiles.filter(({ enabled }) => enabled);
  const members = new Set(inUse.flatMap((profile) => membersOf(settings, profile.members)));
  const moderators = new Set(inUse.flatMap((profile) => membersOf(settings, profile.moderators)));
  const free = phonesAtBox(settings).filter(
    ({ number, consents }) =>
      consents && !moderators.has(number) && members.has(number) && !exclusions.extensions.includes(number),
  );
  const lines = trunks.flatMap((trunk) => (trunk.kind === 'analog' ? [trunk] : []));
  const [line] = lines;
  const rung = new Set(
    lines.flatMap(({ inbound }) => ('extension' in inbound ? [inbound.extension] : membersOf(settings, inbound.group))),
  );
  const phone = free.find(({ number }) => rung.has(number)) ?? free[0];
  if (!phone || !line) return null;
  return { name: phone.name, number: phone.number, prefix: rung.has(phone.number) ? null : line.prefix };
}
