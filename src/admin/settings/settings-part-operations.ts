import { z } from 'zod';
import { AdminError } from '../../store/admin-error.js';
import type { SettingsVersion } from '../../store/settings/settings-history.js';
import { type Settings, settingsSchema } from '../../store/settings/settings-schema.js';
import { about } from '../about.js';
import { type Caller, rowOf } from '../operation.js';
import { basis, dryRun, version } from '../versions.js';
import { afterRestart, changed, type SettingsBox, told } from './settings-change.js';
import { withoutDefault } from './settings-lists.js';

const row = rowOf<SettingsBox>();

/** The settings that are no lists. */
const single = settingsSchema.pick({
  language: true,
  country: true,
  sip: true,
  ringSeconds: true,
  limits: true,
  privacyMinutes: true,
  log: true,
  remoteLog: true,
  web: true,
  updateChannel: true,
  provisioning: true,
}).shape;

type Part<Schema> =
  Schema extends z.ZodDefault<infer Bare>
    ? Part<Bare>
    : Schema extends z.ZodPrefault<infer Bare>
      ? Part<Bare>
      : Schema extends z.ZodNullable<infer Bare>
        ? z.ZodNullable<Part<Bare>>
        : Schema extends z.ZodObject<infer Shape>
          ? z.ZodObject<Parts<Shape>, z.core.$strict>
          : Schema extends z.core.SomeType
            ? Schema
            : never;
type Parts<Shape> = { [Name in keyof Shape]: z.ZodOptional<Part<Shape[Name]>> };

/** Such a setting of which only some parts are sent; a group of them that was off is switched on by it. */
function part(schema: z.core.$ZodType): z.core.$ZodType {
  const bare = withoutDefault(schema);
  if (bare instanceof z.ZodNullable) return z.nullable(part(bare.unwrap()));
  return bare instanceof z.ZodObject ? bare.extend(parts(bare.shape)) : bare;
}

const parts = <Shape extends z.ZodRawShape>(shape: Shape): Parts<Shape> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, z.optional(part(schema))]),
  ) as z.ZodRawShape as Parts<Shape>;

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings with these in place of their own; of a group those parts that are there. */
function withParts(settings: Settings, sent: Readonly<Record<string, unknown>>): unknown {
  const changed = Object.entries(sent).map(([name, value]) => {
    const before: unknown = Reflect.get(settings, name);
    return [name, isGroup(before) && isGroup(value) ? { ...before, ...value } : value] as const;
  });
  return { ...settings, ...Object.fromEntries(changed) };
}

const kind = z.enum(['extensions', 'numbers']);
const exclusion = z.strictObject({ kind, number: z.string().min(1).max(32), basis });
const exclusions = z.object({ version, afterRestart, extensions: z.array(z.string()), numbers: z.array(z.string()) });

const shown = (box: SettingsBox, at: SettingsVersion) => ({ ...at.settings.exclusions, ...told(box, at) });

/** The mistakes with the place that they have in what was sent, not in all the settings. */
function ofNumber(error: AdminError): AdminError {
  const { problem, kind } = error;
  const faults = error.faults.map((fault) => (/^exclusions\b/.test(fault.path) ? { ...fault, path: 'number' } : fault));
  return new AdminError(problem, { kind, faults, cause: error });
}

async function excluded(
  box: SettingsBox,
  { kind: list, basis: on }: z.output<typeof exclusion>,
  caller: Caller,
  changeOf: (numbers: readonly string[]) => readonly string[],
) {
  const change = ({ exclusions: all, ...others }: Settings) => ({
    ...others,
    exclusions: { ...all, [list]: changeOf(all[list]) },
  });
  const changed = await box.settings.change(change, on, caller).catch((error: unknown) => {
    throw error instanceof AdminError ? ofNumber(error) : error;
  });
  return shown(box, changed);
}

/** Those of the settings that are no entries of a list, and who is excluded for good. */
export const settingsPartOperations = [
  row({
    name: 'settings change',
    about: about('operation.settings.change'),
    roles: ['admin'],
    http: { method: 'PATCH', path: '/settings' },
    input: z.strictObject({ ...parts(single), basis, dryRun }),
    output: z.object({ version, afterRestart }),
    async run(box, { basis, dryRun, ...sent }, caller) {
      const change = (settings: Settings) => withParts(settings, sent);
      return told(box, await changed(box, change, { basis, dryRun }, caller));
    },
  }),
  row({
    name: 'exclusions list',
    about: about('operation.exclusions.list'),
    roles: ['read', 'council'],
    http: { method: 'GET', path: '/exclusions' },
    input: z.strictObject({}),
    output: exclusions,
    run: async (box) => shown(box, box.settings.current),
  }),
  row({
    name: 'exclusions add',
    about: about('operation.exclusions.add'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/exclusions/{kind}/{number}' },
    input: exclusion,
    output: exclusions,
    run: (box, input, caller) =>
      excluded(box, input, caller, (all) => (all.includes(input.number) ? all : [...all, input.number])),
  }),
  row({
    name: 'exclusions remove',
    about: about('operation.exclusions.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/exclusions/{kind}/{number}' },
    input: exclusion,
    output: exclusions,
    run: (box, input, caller) => excluded(box, input, caller, (all) => all.filter((other) => other !== input.number)),
  }),
];
