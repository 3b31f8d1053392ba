import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Settings, settingsSchema } from './settings-schema.js';

/** The settings that the box reads at its start only, each by its path, as `sip.port`. The schema says which. */
export const readAtStart: readonly string[] = markedIn(settingsSchema, []);

/** Those of them that are not what the box was started with: they take effect after a restart. */
export function afterRestart(started: Settings, present: Settings): readonly string[] {
  return readAtStart.filter((path) => !isDeepStrictEqual(valueAt(started, path), valueAt(present, path)));
}

function markedIn(schema: z.core.$ZodType, path: readonly string[]): readonly string[] {
  const bare = inner(schema);
  if (z.globalRegistry.get(bare)?.['x-takes-effect'] !== undefined) return [path.join('.')];
  if (!(bare instanceof z.ZodObject)) return [];
  return Object.entries(bare.shape).flatMap(([key, value]: [string, z.core.$ZodType]) =>
    markedIn(value, [...path, key]),
  );
}

/** Without what says that it may be left out. */
function inner(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable;
  return isWrapped ? inner(schema.unwrap()) : schema;
}

const valueAt = (settings: Settings, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), settings);
