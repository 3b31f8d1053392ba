import { hasRole } from '../api/session.js';
import { say, sayIfKnown } from '../texts.js';
import type { BoxState, Licence } from './sources.js';

/** Tells of what somebody should look after, and why nobody can listen. */
export function Warnings({ state, licence }: { readonly state: BoxState; readonly licence: Licence | null }) {
  const texts = warningsOf(state, licence);
  if (texts.length === 0) return null;
  return (
    <section class="warnings" aria-labelledby="warnings">
      <h2 id="warnings">{say('live.warnings')}</h2>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

/** Each is told once, though the faults and the closures may both tell of it, and an admin gets a way to the country of the box. */
function warningsOf(
  { faults, closures, clock, settings, privateForSeconds }: BoxState,
  licence: Licence | null,
): string[] {
  const told = new Set(faults?.map(({ code }) => code));
  const isSettingsTold = [...told].some((code) => code.startsWith('settings'));
  return [
    ...(faults ?? []).filter(({ code }) => !(code === 'countryUnknown' && hasRole())).map(({ text }) => text),
    ...(settings === 'sound' || isSettingsTold ? [] : [say(`live.settingsAre.${settings}`)]),
    ...(clock === 'set' ? [] : [say(`live.clockIs.${clock}`)]),
    ...closures.filter((closure) => !told.has(closure)).map((closure) => sayIfKnown('live.closure', closure)),
    ...(privateForSeconds === null ? [] : [say('live.private', { minutes: Math.ceil(privateForSeconds / 60) })]),
    ...(licence?.warnings ?? []).map(({ text }) => text),
  ];
}
