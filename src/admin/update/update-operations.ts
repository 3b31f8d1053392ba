import { z } from 'zod';
import { courses } from '../../update/rules/course.js';
import { largestUpdate } from '../../update/sources.js';
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
    }),
    async run(box) {
      const updates = await box.updates();
      const { running, latest, percent } = updates.state;
      const { board, version } = running;
      return { running: { board, version }, latest, percent, sticks: [...(await updates.sources.onSticks())] };
    },
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
