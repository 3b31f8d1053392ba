import { z } from 'zod';
import { textOf } from '../../locales/text.js';
import type { Language } from '../../primitives/language.js';
import { updateChannels } from '../../store/settings/settings-schema.js';
import { courses } from '../../update/rules/course.js';
import { largestUpdate } from '../../update/sources.js';
import type { Look } from '../../update/update-channel.js';
import type { Updates } from '../../update/updates.js';
import { about } from '../about.js';
import { restartTime } from '../box-operations.js';
import { bytesIn, rowOf } from '../operation.js';
import { byOf, type RecordingBox } from '../recording.js';

/** What these operations need of the box. */
export interface UpdateBox extends RecordingBox {
  /** @throws AdminError where the box does not run from the image, or what installs updates does not answer. */
  updates(): Promise<Updates>;
}

const row = rowOf<UpdateBox>();

const nothing = z.strictObject({});
const systemImage = z.object({ board: z.string(), version: z.string() });
/** `uploaded`, a file of a stick that `show` lists, or an address. */
const source = z.string().min(1).max(2000);
const restart = {
  when: restartTime.default('idle'),
  /** Not before this time; null for as soon as it is installed. */
  at: z.iso.datetime().nullable().default(null),
};

/** A newer version, which `update install` takes by its source. */
const offeredUpdate = z.object({
  version: z.string(),
  source: z.string(),
  bytes: z.int(),
  /** What is new, in the words of the vendor. */
  notes: z.object({ de: z.string(), en: z.string() }),
});

/** What came of looking for one. */
const look = z.object({
  at: z.iso.datetime(),
  /** Null where the newest version runs, or what is there is not known. */
  offered: offeredUpdate.nullable(),
  /** Why it is not known. */
  fault: z.object({ code: z.string(), text: z.string() }).nullable(),
});

const shownLook = ({ at, offered, fault }: Look, language: Language): z.input<typeof look> => ({
  at,
  offered,
  fault: fault && { code: fault.code, text: textOf(language, fault) },
});

/** The system of the box, from the update that is offered to the one that is in use. */
export const updateOperations = [
  row({
    name: 'update show',
    about: about('operation.update.show'),
    roles: ['read'],
    http: { method: 'GET', path: '/update' },
    input: nothing,
    output: z.object({
      running: systemImage,
      /** The latest one that was begun. */
      latest: z
        .object({
          version: z.string(),
          course: z.enum(courses),
          /** Why it could not be installed, in the words of the program that does it. */
          fault: z.string().nullable(),
        })
        .nullable(),
      /** How much of it is installed; null where none is being installed. */
      percent: z.int().nullable(),
      /** Files of sticks and disks. */
      sticks: z.array(z.string()),
      /** Where the box looks for newer versions; null where it does not. */
      channel: z
        .object({
          address: z.string(),
          channel: z.enum(updateChannels),
          /** The latest one since the start of the box. */
          look: look.nullable(),
        })
        .nullable(),
    }),
    async run(box, _input, { language }) {
      const updates = await box.updates();
      const { running, latest, percent } = updates.state;
      const { board, version } = running;
      const channel = updates.channel.state;
      return {
        running: { board, version },
        ...{ latest, percent, sticks: [...(await updates.sources.onSticks())] },
        channel: channel && { ...channel, look: channel.look && shownLook(channel.look, language) },
      };
    },
  }),
  row({
    name: 'update look',
    about: about('operation.update.look'),
    roles: ['admin'],
    http: { method: 'POST', path: '/update/look' },
    input: nothing,
    /** Null where the newest version runs. */
    output: z.object({ offered: offeredUpdate.nullable() }),
    run: async (box) => ({ offered: await (await box.updates()).channel.look() }),
  }),
  row({
    name: 'update upload',
    about: about('operation.update.upload'),
    roles: ['admin'],
    http: { method: 'POST', path: '/update/upload' },
    isForPersons: true,
    input: z.strictObject({ update: bytesIn('application/octet-stream', largestUpdate) }),
    output: z.object({ bytes: z.int() }),
    run: async (box, { update }) => ({ bytes: await (await box.updates()).sources.take(update) }),
  }),
  row({
    name: 'update explain',
    about: about('operation.update.explain'),
    roles: ['admin'],
    http: { method: 'POST', path: '/update/explain' },
    input: z.strictObject({ source }),
    output: systemImage,
    run: async (box, input) => (await box.updates()).explain(input.source),
  }),
  row({
    name: 'update install',
    about: about('operation.update.install'),
    roles: ['admin'],
    http: { method: 'POST', path: '/update/install' },
    input: z.strictObject({ source, ...restart }),
    output: systemImage,
    async run(box, { source, when, at }, caller) {
      const { name, kind } = caller;
      const offered = await (await box.updates()).install(source, { when, at }, { name, kind });
      box.record({ type: 'updateOrdered', version: offered.version, ...byOf(caller) });
      return offered;
    },
  }),
  row({
    name: 'update restart',
    about: about('operation.update.restart'),
    roles: ['admin'],
    http: { method: 'POST', path: '/update/restart' },
    input: z.strictObject(restart),
    output: z.object({ waitsFor: z.int() }),
    async run(box, { when, at }, { name, kind }) {
      return { waitsFor: await (await box.updates()).restart({ when, at }, { name, kind }) };
    },
  }),
];
