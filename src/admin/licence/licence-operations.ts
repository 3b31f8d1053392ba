import { z } from 'zod';
import type { Message } from '../../locales/codes.js';
import { linesOf, textOf } from '../../locales/text.js';
import { AdminError } from '../../store/admin-error.js';
import { about } from '../about.js';
import { type Caller, rowOf, secret } from '../operation.js';
import { byOf, type RecordingBox } from '../recording.js';
import { basis, version, withVersion } from '../versions.js';
import { type LicenceAdmin, type LicenceView, largestLicenceText } from './licence-admin.js';

/** What these operations need of the box. */
export interface LicenceBox extends RecordingBox {
  readonly licences: LicenceAdmin;
}

const row = rowOf<LicenceBox>();

const nothing = z.strictObject({});
const keyed = z.strictObject({ key: secret(z.string().max(largestLicenceText)) });
const members = z.union([z.number(), z.literal('unlimited')]).nullable();
const time = z.iso.datetime().nullable();

const shown = z.object({
  isAllowed: z.boolean(),
  /** Why moderators are turned away, as the audit record names it; null when they are not. */
  reason: z.string().nullable(),
  kind: z.enum(['bought', 'rented', 'demo', 'nfr']).nullable(),
  isSimulatedBoard: z.boolean(),
  members,
  extensionsSetUp: z.number(),
  expires: time,
  /** Including the grace time. */
  ends: time,
  warnings: z.array(z.object({ kind: z.string(), text: z.string() })),
  /** What binds the licence to a box and a customer; for admins only. */
  details: z
    .object({
      hardwareId: z.string().nullable(),
      /** Everything that the box says about it. */
      text: z.string(),
      refusal: z.string().nullable(),
      keyProblem: z.string().nullable(),
      /** For a typing mistake: the group of characters, counted from 1 after the prefix. */
      group: z.number().nullable(),
      product: z.string().nullable(),
      keyNumber: z.number().nullable(),
      holder: z.string().nullable(),
      hardwareIds: z.array(z.string()),
      serverKeys: z.array(z.number()),
      highestMajor: z.number().nullable(),
      issued: time,
      replaces: z.number().nullable(),
    })
    .nullable(),
});
type Shown = z.input<typeof shown>;
const present = shown.extend({ version });

const order = z.object({
  hardwareId: z.string(),
  version: z.string(),
  extensionsSetUp: z.number(),
  presentLicence: z.number().nullable(),
  qrCode: z.string(),
  sheet: z.string(),
});

function view({ licences }: LicenceBox, of: LicenceView, caller: Caller): Shown {
  const { licence, verdict } = of;
  return {
    isAllowed: verdict.isAllowed,
    reason: verdict.closure,
    kind: licence?.kind ?? null,
    isSimulatedBoard: verdict.simulatedBoard,
    members: licence?.members ?? null,
    extensionsSetUp: licences.extensionsSetUp,
    expires: licence?.expires ?? null,
    ends: licence?.ends ?? null,
    warnings: verdict.warnings.map(({ kind, message }) => ({ kind, text: textOf(caller.language, message) })),
    details: caller.roles.has('admin') ? details(of, caller) : null,
  };
}

const details = ({ hardwareId, licence, verdict }: LicenceView, { language }: Caller): Shown['details'] => ({
  hardwareId,
  text: linesOf(language, verdict.messages),
  refusal: verdict.refusal,
  keyProblem: verdict.keyProblem,
  group: verdict.group,
  product: licence?.product ?? null,
  keyNumber: licence?.keyNumber ?? null,
  holder: licence?.holder ?? null,
  hardwareIds: [...(licence?.hardwareIds ?? [])],
  serverKeys: [...(licence?.serverKeys ?? [])],
  highestMajor: licence?.highestMajor ?? null,
  issued: licence?.issued ?? null,
  replaces: licence?.replaces ?? null,
});

const presentOf = (box: LicenceBox, caller: Caller) =>
  withVersion(box.licences.versions, view(box, box.licences.show(caller.language), caller));

/** A refusal has one message, which says why. */
function refused([why]: readonly Message[]): AdminError {
  return new AdminError(why ?? { code: 'licence.refusal.noLicence' });
}

/** The licence that unlocks monitoring. */
export const licenceOperations = [
  row({
    name: 'licence show',
    about: about('operation.licence.show'),
    roles: ['read', 'council', 'moderator'],
    http: { method: 'GET', path: '/licence' },
    input: nothing,
    output: present,
    run: async (box, _input, caller) => presentOf(box, caller),
  }),
  row({
    name: 'licence enter',
    about: about('operation.licence.enter'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/licence' },
    input: keyed.extend({ basis }),
    output: present,
    async run(box, { key, basis: on }, caller) {
      const { licences } = box;
      const { slot, keyNumber, verdict } = await licences.versions.change(on, () => licences.enter(key));
      if (slot === null) throw refused(verdict.messages);
      box.record({ type: 'licenceEntered', keyNumber, ...byOf(caller) });
      return presentOf(box, caller);
    },
  }),
  row({
    name: 'licence explain',
    about: about('operation.licence.explain'),
    roles: ['admin'],
    http: { method: 'POST', path: '/licence/explain' },
    input: keyed,
    output: shown,
    run: async (box, { key }, caller) => view(box, box.licences.explain(key, caller.language), caller),
  }),
  row({
    name: 'licence remove',
    about: about('operation.licence.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/licence' },
    input: z.strictObject({ basis }),
    output: present,
    async run(box, input, caller) {
      const { licences } = box;
      const kept = await licences.versions.change(input.basis, () => licences.remove());
      if (kept.length > 0) box.record({ type: 'licenceRemoved', ...byOf(caller) });
      return presentOf(box, caller);
    },
  }),
  row({
    name: 'licence order',
    about: about('operation.licence.order'),
    roles: ['admin'],
    http: { method: 'GET', path: '/licence/order' },
    input: nothing,
    output: order,
    run: async ({ licences }, _input, { language }) => licences.order(language),
  }),
  row({
    name: 'licence order-sheet',
    about: about('operation.licence.orderSheet'),
    roles: ['admin'],
    http: { method: 'GET', path: '/licence/order-sheet' },
    input: nothing,
    output: z.string().meta({ contentMediaType: 'text/html' }),
    run: async ({ licences }, _input, { language }) => licences.orderSheet(language, 'html'),
  }),
];
