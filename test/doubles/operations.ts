import { z } from 'zod';
import { AdminError, type ErrorKind, SettingsConflict } from '../../src/admin/faults.js';
import { bytes, bytesIn, type Caller, type Operation } from '../../src/admin/operation.js';

const note = z.object({ id: z.string(), text: z.string(), stars: z.int() }).meta({ id: 'Note' });
type Note = z.output<typeof note>;

/** A box that keeps notes: the smallest with all that a table of operations can say. */
export class NoteBox {
  readonly notes = new Map<string, Note & { readonly secret?: string }>();
  readonly callers: Caller[] = [];
  version = 1;

  change(basis: number | null, change: () => void): { version: number } {
    if (basis !== null && basis !== this.version) {
      throw new SettingsConflict(this.version, [{ path: ['notes', '7', 'text'], before: 'a', after: 'b' }]);
    }
    change();
    this.version += 1;
    return { version: this.version };
  }
}

type Declared<I extends z.ZodType, O extends z.ZodType> = Operation<NoteBox, I, O>;
const operation = <I extends z.ZodType, O extends z.ZodType>(declared: Declared<I, O>): Declared<I, O> => declared;

const id = z.string().min(1).max(20);
const basis = z.int().min(1).nullable();
const about = { de: 'Tut etwas mit Notizen.', en: 'Does something with notes.' };

export const noteOperations: readonly Operation<NoteBox>[] = [
  operation({
    name: 'notes list',
    about,
    roles: ['read', 'council'],
    http: { method: 'GET', path: '/notes' },
    input: z.strictObject({
      limit: z.int().min(1).max(100).optional(),
      starred: z.boolean().optional(),
      ids: z.array(id).max(10).optional(),
      after: id.nullable().optional(),
    }),
    output: z.object({ version: z.int(), notes: z.array(note), asked: z.unknown() }),
    async run(box, input, caller) {
      box.callers.push(caller);
      return { version: box.version, notes: [...box.notes.values()], asked: input };
    },
  }),
  operation({
    name: 'notes show',
    about,
    roles: ['read'],
    http: { method: 'GET', path: '/notes/{id}' },
    input: z.strictObject({ id }),
    output: note,
    async run(box, input) {
      const found = box.notes.get(input.id);
      if (found) return found;
      throw new AdminError({ code: 'command.cannotRead', params: { path: input.id } }, { kind: 'missing' });
    },
  }),
  operation({
    name: 'notes set',
    about,
    roles: ['admin'],
    http: { method: 'PUT', path: '/notes/{id}' },
    input: z.strictObject({
      id,
      text: z.string().max(900_000),
      stars: z.int().min(0).max(5).default(0),
      tags: z.array(z.unknown()).optional(),
      basis,
    }),
    output: z.object({ version: z.int() }),
    async run(box, input, caller) {
      box.callers.push(caller);
      return box.change(input.basis, () => box.notes.set(input.id, { ...input, secret: 'kept in the box' }));
    },
  }),
  operation({
    name: 'notes remove',
    about,
    roles: ['admin'],
    http: { method: 'DELETE', path: '/notes/{id}' },
    input: z.strictObject({ id, basis }),
    output: z.null(),
    async run(box, input) {
      box.change(input.basis, () => box.notes.delete(input.id));
      return null;
    },
  }),
  operation({
    name: 'notes export',
    about,
    roles: ['council'],
    http: { method: 'GET', path: '/notes/export' },
    input: z.strictObject({}),
    output: z.string().meta({ contentMediaType: 'text/csv' }),
    async run(box) {
      return ['id;text', ...[...box.notes.values()].map(({ id, text }) => `${id};${text}`)].join('\r\n');
    },
  }),
  operation({
    name: 'notes pack',
    about,
    roles: ['council'],
    http: { method: 'GET', path: '/notes/packed' },
    input: z.strictObject({}),
    output: bytes('application/octet-stream'),
    async run(box) {
      return (async function* () {
        for (const { text } of box.notes.values()) yield Buffer.from(text);
      })();
    },
  }),
  operation({
    name: 'notes unpack',
    about,
    roles: ['admin'],
    http: { method: 'POST', path: '/notes/packed' },
    input: z.strictObject({ packed: bytesIn('application/octet-stream', 100_000) }),
    output: z.object({ bytes: z.int() }),
    async run(_box, { packed }) {
      let bytes = 0;
      for await (const piece of packed) bytes += piece.length;
      return { bytes };
    },
  }),
  operation({
    name: 'notes greet',
    about,
    roles: ['moderator', 'member'],
    http: { method: 'POST', path: '/greetings' },
    input: z.strictObject({ to: z.string().max(100) }),
    output: z.object({ greeting: z.string() }),
    async run(box, { to }, caller) {
      box.callers.push(caller);
      return { greeting: `${to}: ${caller.language}` };
    },
  }),
  operation({
    name: 'notes fail',
    about,
    roles: ['admin'],
    http: { method: 'POST', path: '/failures' },
    input: z.strictObject({ kind: z.string() }),
    output: z.void(),
    async run(_box, { kind }) {
      if (kind === 'fault') throw new Error('the secret reason');
      const fault = { code: 'fault.json.list', path: 'notes[2].tags', found: { is: 'nothing' } } as const;
      const further = [new AdminError({ code: 'command.noDataFolder' })];
      throw new AdminError({ code: 'request.httpsNeeded' }, { kind: kind as ErrorKind, faults: [fault], further });
    },
  }),
];
