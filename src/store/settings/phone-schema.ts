import { z } from 'zod';
import { phoneModels } from '../../primitives/phone-models.js';
import { object } from '../files/file-faults.js';
import { because, extensionNumber, id, list, matching, name, oneOf, onLift } from './settings-values.js';

/** More than any phone has on its first page, without a board of keys beside it. */
const mostButtons = 40;
const mostLines = 16;

/** What a key of a phone does. */
const button = z.discriminatedUnion(
  'kind',
  [
    /** Calls an extension, and shows whether it is in a call. */
    object({ kind: z.literal('blf'), extension: extensionNumber() }),
    object({ kind: z.literal('speedDial'), number: matching(/^\+?[\d*#]{2,20}$/, 'buttonNumber'), label: name() }),
    /** Calls the service number of a profile. */
    object({ kind: z.literal('monitoring'), profile: id() }),
    /** Shows that somebody asks to listen, or listens, to the calls of the phone, and lets them in. */
    object({ kind: z.literal('listening') }),
  ],
  { error: because('button') },
);

/** A phone that fetches its configuration from the box. */
export const phoneSchema = object({
  /** Its MAC address; of an app, a name. */
  id: matching(/^(?:[0-9a-f]{12}|[a-z][a-z0-9-]{0,31})$/, 'phoneId'),
  model: oneOf(phoneModels, 'phoneModel'),
  /** In the order of its lines. */
  extensions: list(extensionNumber())
    .min(1, { error: because('phoneExtensions') })
    .max(mostLines, { error: because('phoneLines') }),
  /** Shown on it instead of the names of its extensions. */
  name: name().nullable().default(null),
  /** At the first telephone of an adapter. */
  onLift: onLift(),
  buttons: list(button)
    .max(mostButtons, { error: because('buttons') })
    .default([]),
  /** The part of the address by which it fetches its configuration; null where it may not any more. */
  secret: matching(/^[\w-]{32,64}$/, 'phoneSecret')
    .nullable()
    .default(null),
});
