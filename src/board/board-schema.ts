import { z } from 'zod';
import type { English } from '../locales/codes.js';
import { object } from '../store/files/file-faults.js';

/**
 * Shape of `board.json`: which drivers a board needs, and where its parts are found. The messages handed to zod are codes of faults;
 * `locales` has the words for them.
 */
export type Board = z.infer<ReturnType<typeof boardSchema>>;

type FaultName = keyof English['board']['fault'];

const because = (name: FaultName) => `board.fault.${name}`;
const matching = (pattern: RegExp, fault: FaultName) =>
  z.string({ error: because(fault) }).regex(pattern, { error: because(fault) });
const whole = (from: number, to: number, fault: FaultName) =>
  z
    .int({ error: because(fault) })
    .min(from, { error: because(fault) })
    .max(to, { error: because(fault) });

/** Stands for the folder where a simulated board puts what a real one has in /dev and /sys. */
const runtimeName = /^\$\{runtime\}/;
/** The kernel's sockaddr_un has room for 108 bytes, the last of which ends the path. */
const longestSocketPath = 107;

/** @param runtime what `${runtime}` stands for at the beginning of a path. */
export function boardSchema(runtime: string) {
  const path = () =>
    matching(/^(\$\{runtime\})?(\/[^/\0$]+)+$/, 'path').transform((text) => text.replace(runtimeName, () => runtime));
  const socketPath = () =>
    path().refine((text) => Buffer.byteLength(text) <= longestSocketPath, { error: because('socketPath') });

  const gpioLine = {
    chip: z.string({ error: because('chip') }).refine(isPattern, { error: because('chip') }),
    line: whole(0, 1023, 'gpioLine'),
    activeLow: z.boolean({ error: 'fault.json.flag' }),
  };
  const gpio = object({ driver: z.literal('gpio'), ...gpioLine });
  const lamp = z.discriminatedUnion('driver', [object({ driver: z.literal('led'), path: path() }), gpio], {
    error: because('lampDriver'),
  });
  const button = z.discriminatedUnion(
    'driver',
    [object({ driver: z.literal('input'), path: path(), key: whole(1, 0x2ff, 'key') }), gpio],
    { error: because('buttonDriver') },
  );
  const soundDevice = matching(/^[\w:.,=-]{1,64}$/, 'soundDevice');
  const audio = z.discriminatedUnion(
    'kind',
    [
      object({ kind: z.literal('alsa'), capture: soundDevice, playback: soundDevice }),
      object({ kind: z.literal('socket'), path: socketPath() }),
    ],
    { error: because('soundKind') },
  );
  const port = matching(/^[a-z][a-z0-9-]{0,15}$/, 'port');
  const line = z.discriminatedUnion(
    'driver',
    [
      object({
        driver: z.literal('v253').optional(),
        port,
        kind: z.enum(['fxs', 'fxo'], { error: because('lineKind') }),
        tty: path(),
        audio,
      }),
      object({
        driver: z.literal('slic'),
        port,
        kind: z.literal('fxs', { error: because('slicKind') }),
        hook: object(gpioLine),
        ringMode: object(gpioLine),
        reverse: object(gpioLine),
        audio,
      }),
    ],
    { error: because('lineDriver') },
  );

  return object({
    version: z.literal(1, { error: because('version') }),
    /** Tells people which board it is. */
    title: matching(/^(?!\s)[^\p{Cc}]{1,64}(?<!\s)$/u, 'title'),
    panel: object({
      monitorLamp: lamp,
      statusLamp: lamp,
      button,
      /** How long a short press of the button keeps monitoring closed, unless the settings say otherwise. */
      privacyMinutes: whole(1, 1440, 'privacyMinutes'),
    }),
    lines: z.array(line, { error: 'fault.json.list' }),
    /** Port of the moderator's handset; null if the board has none. */
    handset: matching(/^[a-z][a-z0-9-]{0,15}$/, 'handset').nullable(),
  });
}

function isPattern(text: string): boolean {
  try {
    return text !== '' && new RegExp(text, 'v') !== null;
  } catch {
    return false;
  }
}
