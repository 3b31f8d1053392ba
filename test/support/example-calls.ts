import { expect } from 'vitest';
import { wavOf } from './audio/wav.js';
import { codeOf } from './authenticator.js';
import { certificateOne } from './certificates.js';
import { pins, toneOf, untilHears } from './office.js';
import type { RunningOffice } from './running-office.js';
import { signatureOf, signaturesOf, terms } from './works-agreement.js';

/** What an example can build on: what the rows before it have answered, by their names. */
export interface Surroundings {
  readonly office: RunningOffice;
  answerTo(name: string): ReturnType<typeof JSON.parse>;
  /** A licence key for the box. */
  licenceKey(): Promise<string>;
}

/** One call of an operation that succeeds, and what it answers. */
export interface ExampleCall {
  readonly name: string;
  /** Whoever makes it, where that is not the admin. */
  readonly by?: 'moderator';
  /** What has to go on in the office. */
  prepare?(surroundings: Surroundings): Promise<unknown>;
  input?(surroundings: Surroundings): object | Promise<object>;
  readonly answer: unknown;
}

const given = (input: object) => () => input;
const call = (name: string, input: object, answer: unknown): ExampleCall => ({ name, input: given(input), answer });
const ask = (name: string, answer: unknown): ExampleCall => ({ name, answer });

const silence = wavOf({ sampleRate: 8000, samples: new Int16Array(160) });
const passphrase = 'a passphrase for backups';
const password = 'correct horse battery';
const changed = { version: expect.any(Number), afterRestart: [] };
const entries = expect.any(Array);

/** The five rows of a list of the settings: an entry is made, shown, changed and removed. */
const ofList = (noun: string, key: object, made: object, change: object): readonly ExampleCall[] => [
  call(`${noun} set`, { ...key, ...made }, { ...changed, isNew: true, entry: key }),
  ask(`${noun} list`, { version: expect.any(Number), entries: expect.arrayContaining([expect.objectContaining(key)]) }),
  call(`${noun} change`, { ...key, ...change }, { ...changed, entry: change }),
  call(`${noun} show`, key, { entry: { ...key, ...change } }),
  call(`${noun} remove`, key, changed),
];

async function listenAgain(office: RunningOffice): Promise<void> {
  await office.untilMonitorEnded('endedByAdmin');
  const moderator = await office.moderate('100', `${pins[100]}#101#`);
  await untilHears('moderator', moderator, { present: [toneOf('101')], absent: [toneOf('100')] });
}

/** In the order in which they are made. */
export const exampleCalls: readonly ExampleCall[] = [
  ask('state show', { hardwareId: expect.any(String), faults: entries }),
  ask('identity show', { hardwareId: expect.any(String) }),
  ask('licence order', { hardwareId: expect.any(String), presentLicence: null }),
  ask('licence order-sheet', expect.stringContaining('<html')),
  {
    name: 'licence explain',
    input: async ({ licenceKey }) => ({ key: await licenceKey() }),
    answer: { isAllowed: true },
  },
  {
    name: 'licence enter',
    input: async ({ licenceKey }) => ({ key: await licenceKey() }),
    answer: { kind: 'bought', isAllowed: true },
  },
  ask('licence show', { kind: 'bought', isAllowed: true }),

  ask('settings show', { version: expect.any(Number), settings: { ringSeconds: 30 } }),
  call('settings change', { ringSeconds: 31, web: { plainPort: 18_461 } }, changed),
  ask('web show', { web: { plainPort: 18_461 }, trial: { by: 'ada', before: { plainPort: null } } }),
  ask('web confirm', { web: { plainPort: 18_461 }, trial: null }),
  ask('settings undo', {
    ...changed,
    changes: expect.arrayContaining([{ path: ['ringSeconds'], before: 31, after: 30 }]),
    more: null,
  }),
  ask('web revert', { web: { plainPort: 18_461 }, trial: null }),
  {
    name: 'settings set',
    input: ({ answerTo }) => ({ settings: { ...answerTo('settings show').settings, ringSeconds: 32 } }),
    answer: { ...changed, settings: { ringSeconds: 32 } },
  },
  {
    name: 'settings restore',
    input: ({ answerTo }) => ({ version: answerTo('settings show').version }),
    answer: { ...changed, settings: { ringSeconds: 30 } },
  },
  ask('settings versions', { entries }),
  call('exclusions add', { kind: 'extensions', number: '104' }, { ...changed, extensions: ['104'] }),
  ask('exclusions list', { extensions: ['104'], numbers: [] }),
  call('exclusions remove', { kind: 'extensions', number: '104' }, { ...changed, extensions: [] }),
  ...ofList('extensions', { number: '150' }, { name: 'Nina', password: 'generate' }, { name: 'Nora' }),
  call('extensions import', { table: 'number,name,password\n151,Otto,generate\n' }, { passwords: [{ number: '151' }] }),
  ask('extensions export', expect.stringContaining('151,Otto')),
  ...ofList('groups', { id: 'sales' }, { name: 'Sales', members: ['104'] }, { members: ['103', '104'] }),
  ...ofList(
    'profiles',
    { id: 'second' },
    {
      ...{ name: 'Second', service: '*66', moderators: 'leads', members: 'support', interventions: ['whisper'] },
      notice: { member: { kind: 'none' }, other: { kind: 'none' } },
    },
    { enabled: false },
  ),
  ...ofList(
    'trunks',
    { id: 'branch' },
    {
      ...{ name: 'Branch', kind: 'address', host: '127.0.0.1', port: 5999, addresses: ['127.0.0.1'] },
      ...{ prefix: '8', inbound: { extension: '101' } },
    },
    { prefix: '9' },
  ),
  ...ofList('analog-phones', { fxs: 'phone1' }, { extension: '104' }, { extension: '103' }),
  ...ofList('phones', { id: '001565aabbcc' }, { model: 'yealink', extensions: ['101'] }, { name: 'Reception' }),
  call('phones set', { id: '000413aabbcc', model: 'snom', extensions: ['102'] }, { secret: expect.any(String) }),
  ask('phone-states list', { entries: [{ id: '000413aabbcc', isRevoked: false, fetched: null }], plainPort: null }),
  call(
    'phones import',
    { table: 'mac,model,extension\n00:0B:82:AA:BB:CC,grandstream,103 104\n' },
    { added: ['000b82aabbcc'], secrets: [{ id: '000b82aabbcc' }] },
  ),
  ask('phones export', expect.stringContaining('000b82aabbcc,grandstream,103 104')),
  call('phones call-in', { id: '000413aabbcc' }, null),
  call('phones revoke', { id: '000413aabbcc' }, changed),
  call('webhooks test', { id: 'of-the-office' }, { isDelivered: false, trouble: { reason: 'unreachable' } }),
  ask('webhooks status', { entries: [{ id: 'of-the-office' }] }),
  ...ofList(
    'webhooks',
    { id: 'hook' },
    { url: 'https://127.0.0.1:9/', place: 'box', events: ['calls'], secret: 'generate' },
    { enabled: false },
  ),
  ask('pins list', { entries }),
  call('pins remove', { number: '109' }, changed),
  call('pins set', { number: '109', pin: pins[109] }, { moderates: true }),
  ask('providers list', {
    entries: expect.arrayContaining([expect.objectContaining({ provider: 'sipgate-trunking' })]),
  }),
  ask('lines list', { entries, emergency: ['110', '112'] }),
  ask('registrations list', { entries: expect.arrayContaining([expect.objectContaining({ extension: '101' })]) }),

  {
    name: 'monitors begin',
    by: 'moderator',
    prepare: ({ office }) => office.talk('101', '102'),
    input: given({ member: '101', pin: pins[100] }),
    answer: { session: expect.any(Number) },
  },
  {
    name: 'monitors own',
    by: 'moderator',
    async prepare({ office }) {
      const moderator = await office.phone('100').answer();
      await untilHears('moderator', moderator, { present: [toneOf('101')], absent: [toneOf('100')] });
    },
    answer: { entries: [{ mode: 'listen' }] },
  },
  {
    name: 'monitors press',
    by: 'moderator',
    input: ({ answerTo }) => ({ session: answerTo('monitors begin').session, action: 'whisper' }),
    answer: null,
  },
  {
    name: 'calls list',
    async prepare({ office }) {
      await office.hangUp();
      await office.listening();
    },
    answer: { entries: [{ state: 'talking', from: { number: '101' } }] },
  },
  ask('monitors list', { entries: [{ moderator: '100', member: '101' }] }),
  {
    name: 'monitors end',
    input: ({ answerTo }) => ({ session: answerTo('monitors list').entries[0].session }),
    answer: null,
  },
  call('profiles change', { id: 'support', admission: true }, changed),
  {
    name: 'monitors let-in',
    async prepare({ office }) {
      await office.untilMonitorEnded('endedByAdmin');
      await office.moderate('100', `${pins[100]}#101#`);
      await office.untilRecorded('admissionAsked');
    },
    input: async ({ office }) => {
      const asked = (await office.recorded('admissionAsked')).at(-1);
      return { session: asked?.session, call: asked?.call };
    },
    answer: null,
  },
  call('profiles change', { id: 'support', admission: false }, changed),
  ask('own-help show', { canAsk: true, state: 'none', moderators: [] }),
  call('own-help ask', { mode: 'barge' }, { state: 'called', moderators: [{ number: '100', name: 'Person 100' }] }),
  ask('own-help withdraw', null),
  call('call-handling change', { extension: '104', busy: '103' }, { extension: '104', busy: '103', always: null }),
  call('call-handling show', { extension: '104' }, { busy: '103', doNotDisturb: false }),
  ask('call-handling list', {
    entries: expect.arrayContaining([expect.objectContaining({ extension: '104', busy: '103' })]),
  }),
  {
    name: 'call-handling change-own',
    by: 'moderator',
    input: given({ noAnswer: '101' }),
    answer: { extension: '100' },
  },
  { name: 'call-handling own', by: 'moderator', answer: { extension: '100', noAnswer: '101' } },
  { name: 'audit own', by: 'moderator', answer: { entries, next: null } },
  { name: 'audit export-own', by: 'moderator', answer: expect.stringContaining('Who listened') },
  { name: 'monitors end-own', prepare: ({ office }) => listenAgain(office), answer: null },
  { name: 'calls end', input: ({ answerTo }) => ({ call: answerTo('calls list').entries[0].call }), answer: null },
  {
    name: 'calls records',
    prepare: ({ office }) => office.untilRecorded('callHungUp'),
    answer: { entries },
  },
  ask('calls export', expect.stringContaining('started,answered,ended')),

  ask('demo-call begin', { isPossible: true, pair: { caller: '103', callee: '104' } }),
  ask('set-up show', { missing: [], sipPort: expect.any(Number), demoCall: { pair: { caller: '103' } } }),
  ask('demo-call end', { pair: null }),

  call('prompts set', { language: 'en', name: 'goodbye', wav: silence.toString('base64') }, {}),
  ask('prompts list', { names: expect.arrayContaining(['goodbye']), own: [{ language: 'en', name: 'goodbye' }] }),
  call('prompts remove', { language: 'en', name: 'goodbye' }, {}),
  call('certificate install', certificateOne, { kind: 'installed' }),
  ask('certificate show', { kind: 'installed' }),
  ask('certificate remove', { kind: 'selfSigned' }),
  call('users set', { name: 'bob', roles: ['read'], language: 'en', password }, { name: 'bob', isNew: true }),
  ask('users list', { entries: expect.arrayContaining([expect.objectContaining({ name: 'bob' })]) }),
  call('tokens create', { name: 'dashboard', roles: ['read'] }, { name: 'dashboard', token: expect.any(String) }),
  ask('tokens list', { entries: [{ name: 'dashboard' }] }),
  { name: 'tokens revoke', input: ({ answerTo }) => ({ id: answerTo('tokens create').id }), answer: null },
  call('users remove', { name: 'bob' }, null),
  ask('second-factor begin', { secret: expect.any(String) }),
  {
    name: 'second-factor confirm',
    input: ({ answerTo }) => ({ code: codeOf(answerTo('second-factor begin').secret) }),
    answer: { recoveryCodes: entries },
  },
  ask('second-factor show', { isSetUp: true, recoveryCodesLeft: 10 }),
  call('second-factor remove', { password }, null),

  call('agreement propose', terms, { document: { version: 1, previous: null } }),
  {
    name: 'agreement sign',
    input: ({ answerTo }) => {
      const { document } = answerTo('agreement propose');
      return { signer: 'employer', signature: signatureOf(document, 'employer') };
    },
    answer: { isInForce: false },
  },
  ask('agreement withdraw', null),
  {
    name: 'agreement put',
    input: ({ answerTo }) => {
      const document = {
        ...answerTo('agreement propose').document,
        periods: { daysAhead: 0, mostDays: 10, gapDays: 10 },
      };
      return { document, signatures: signaturesOf(document, 'employer', 'council') };
    },
    answer: { hash: expect.any(String) },
  },
  ask('agreement show', { state: 'inForce', document: { version: 1 }, proposal: null }),
  ask('agreement history', { entries: [{ signedBy: ['employer', 'council'] }] }),
  ask('agreement verify', { ok: true, documents: 1 }),
  {
    name: 'periods announce',
    input: () => ({
      members: ['101'],
      from: new Date(Date.now() + 3_600_000).toISOString(),
      to: new Date(Date.now() + 7_200_000).toISOString(),
    }),
    answer: { id: 1, members: ['101'] },
  },
  ask('periods list', { entries: [{ id: 1 }] }),
  call('periods withdraw', { id: 1 }, null),
  { name: 'sheets list', by: 'moderator', answer: { rule: null, entries: [], possible: [], blocks: [] } },

  call('audit list', { limit: 5 }, { entries }),
  ask('audit kinds', { entries: expect.arrayContaining([{ type: 'userSet', text: expect.any(String) }]) }),
  ask('audit verify', { ok: true, breach: null }),
  call(
    'audit report',
    { month: new Date().toISOString().slice(0, 7) },
    { calls: expect.any(Number), told: expect.any(Object) },
  ),
  { name: 'audit checkpoint', answer: expect.stringMatching(/^modcall\/[0-9A-F-]{19}\n\d+\n/) },
  {
    name: 'audit export',
    prepare: ({ office }) => office.untilRecorded('secondFactorRemoved'),
    answer: expect.stringContaining('secondFactorRemoved'),
  },
  ask('audit verifier', expect.any(Buffer)),
  call('log show', { lines: 5 }, { entries }),
  call('support show', { part: 'facts' }, { content: { modcall: expect.any(String) } }),
  ask('support bundle', { facts: { modcall: expect.any(String) } }),
  call('identity backup', { passphrase }, expect.any(String)),
  call('backup-schedule set', { place: 'box', passphrase, occasion: 'both' }, { place: 'box', occasion: 'both' }),
  ask('backup-schedule show', { place: 'box' }),
  ask('backup-schedule remove', { place: null }),
  call('backup check', { passphrase }, null),
  call('backup make', { passphrase }, expect.any(Buffer)),
  {
    name: 'backup upload',
    input: ({ answerTo }) => ({ backup: answerTo('backup make') }),
    answer: { bytes: expect.any(Number) },
  },
  call('backup explain', { passphrase }, { isOwn: true, changes: [], usersAdded: [], usersRemoved: [] }),
  {
    name: 'update upload',
    input: given({ update: Buffer.from('modcall-pi4 1.3.0') }),
    answer: { bytes: 17 },
  },
  call('update look', {}, { offered: { version: '1.3.0', notes: { en: expect.any(String) } } }),
  call('update explain', { source: 'uploaded' }, { board: 'modcall-pi4', version: '1.3.0' }),
  call('update install', { source: 'uploaded', at: '2999-01-01T00:00:00.000Z' }, { version: '1.3.0' }),
  {
    name: 'update show',
    prepare: ({ office }) => office.untilRecorded('restartOrdered'),
    answer: {
      running: { version: '1.2.0' },
      latest: { version: '1.3.0', course: 'waiting' },
      sticks: entries,
      channel: { look: { fault: null } },
    },
  },
  call('update restart', { at: '2999-01-01T00:00:00.000Z' }, { waitsFor: expect.any(Number) }),
  {
    name: 'box restart',
    prepare: ({ office }) => office.hangUp().then(() => office.talk('101', '102')),
    answer: { when: 'idle', waitsFor: 1 },
  },
  call('backup restore', { passphrase }, { files: expect.any(Number), waitsFor: 1 }),
  ask('box cancel-restart', { restores: true }),
  ask('licence remove', { isAllowed: expect.any(Boolean) }),
  // Whoever changes their password is signed out everywhere.
  call('password change', { present: password, next: 'four words in a row' }, null),
];
