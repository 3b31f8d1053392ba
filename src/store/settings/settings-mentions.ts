import type { PlainFaultCode } from '../../locales/codes.js';
import type { Fault } from './settings-faults.js';
import { settingsFaults } from './settings-file.js';
import type { Settings } from './settings-schema.js';

const dangling: ReadonlySet<string> = new Set<PlainFaultCode>([
  'settings.fault.unknownExtension',
  'settings.fault.unknownGroup',
  'settings.fault.unknownTrunk',
  'settings.fault.unknownProfile',
]);

/**
 * The entries that name something which is not there any more, as `groups support`. Asked of settings that lack what is to be removed, this
 * tells who would miss it.
 */
export function mentionsOfMissing(settings: Settings): readonly string[] {
  const places = settingsFaults(settings)
    .filter(({ code }) => dangling.has(code))
    .map((fault) => placeOf(settings, fault));
  return [...new Set(places)];
}

function placeOf(settings: Settings, { path: [list = '', index] }: Fault): string {
  const entry: unknown = Reflect.get(Object(Reflect.get(settings, list)), index ?? '');
  const { id, fxs } = Object(entry) as { readonly id?: string; readonly fxs?: string };
  return [String(list), id ?? fxs ?? ''].join(' ').trim();
}
