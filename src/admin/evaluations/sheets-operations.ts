import { z } from 'zod';
import { answers as allAnswers, itemKinds } from '../../agreement/evaluation.js';
import { lastMoment, type Sheet } from '../../agreement/sheets.js';
import { extensionNumber } from '../../primitives/ids.js';
import { about } from '../about.js';
import type { AgreementBox } from '../agreement/agreement-operations.js';
import { purposeName } from '../audit/own-record-operations.js';
import { extensionNamesIn } from '../live/live-view.js';
import { type Caller, roles, rowOf } from '../operation.js';
import type { SettingsBox } from '../settings/settings-change.js';
import type { OwnSheet, SheetsDesk } from './sheets-desk.js';

/** What these operations need of the box. */
export interface SheetsBox extends SettingsBox, AgreementBox {
  readonly sheets: SheetsDesk;
}

const row = rowOf<SheetsBox>();

const id = z.int().min(1);
const time = z.iso.datetime();
const person = z.object({ extension: z.string(), name: z.string() });
const answers = z.array(z.enum(allAnswers)).max(20);
/** Of a person, in some lines. */
const words = z
  .string()
  .max(2000)
  .regex(/^(?:[^\p{C}]|[\n\r\t])*$/u);
const item = z.object({ id: z.string(), text: z.string(), kind: z.enum(itemKinds) });

/** What a sheet is about and how it stands; nothing of what is in it. */
const head = z.object({
  id,
  /** As whom the caller sees it. */
  part: z.enum(['moderator', 'member', 'second']),
  moderator: person,
  member: person,
  ended: time,
  purpose: z.string().nullable(),
  /** What each of the two says about whether they have talked. */
  talkNoted: z.boolean(),
  talkWord: z.enum(['confirmed', 'denied']).nullable(),
  /** Until then both have to say that they have. */
  talkUntil: time,
  /** Then it is deleted at the latest. */
  deletedOn: time,
});

const whole = head.extend({
  items: z.array(item.extend({ answer: z.enum(allAnswers) })),
  comment: z.string(),
  objection: z.string(),
  /** Null where none was asked for. */
  second: z.object({ by: person, answers: z.array(z.enum(allAnswers)).nullable() }).nullable(),
  /** Whom the member may ask for a second opinion. */
  mayBeAsked: z.array(person),
});

const list = z.object({
  /** Null where no sheets are agreed on. */
  rule: z.object({ items: z.array(item), talkDays: z.int(), keepDays: z.int(), blockDays: z.int() }).nullable(),
  entries: z.array(head),
  /** The calls about which the caller may make a sheet now. */
  possible: z.array(
    z.object({
      session: z.int(),
      call: z.int(),
      member: person,
      ended: time,
      purpose: z.string().nullable(),
    }),
  ),
  /** Whom the caller may not listen to because of a talk that was not held, or who may not listen to the caller. */
  blocks: z.array(z.object({ moderator: person, member: person, until: time })),
});

const personIn =
  ({ settings }: SheetsBox) =>
  (extension: string): z.input<typeof person> => ({
    extension,
    name: extensionNamesIn(settings.current.settings)(extensionNumber(extension)),
  });

function headOf(box: SheetsBox, { part, sheet }: OwnSheet): z.input<typeof head> {
  const { moderator, member, ended, purpose, talk } = sheet;
  const named = personIn(box);
  const at = (moment: number) => new Date(box.sheets.timeOf(moment)).toISOString();
  return {
    ...{ id: sheet.id, part, moderator: named(moderator.extension), member: named(member.extension) },
    ...{ ended: new Date(ended).toISOString(), purpose: purpose && purposeName(box, purpose) },
    ...{ talkNoted: talk.isNoted, talkWord: talk.word, talkUntil: at(sheet.talkUntil) },
    deletedOn: at(lastMoment(sheet, box.sheets.rule ?? undefined)),
  };
}

function wholeOf(box: SheetsBox, sheet: Sheet['id'], caller: Caller): z.input<typeof whole> {
  const own = box.sheets.show(sheet, caller);
  const { items, answers: given, comment, objection, second } = own.sheet;
  const named = personIn(box);
  return {
    ...headOf(box, own),
    ...{ comment, objection },
    items: items.map((each, index) => ({ ...each, answer: given[index] ?? 'open' })),
    second: second && { by: named(second.by.extension), answers: second.answers && [...second.answers] },
    mayBeAsked: own.part === 'member' ? box.sheets.seconds(own.sheet).map(named) : [],
  };
}

/** Nobody is served by a program: what a token could read would be a way to whoever keeps files about people. */
const forPersons = { roles, isForPersons: true } as const;

/** Sheets about what moderators have heard, for those whom each concerns. There is no row by which anybody else sees one, nor a table of them. */
export const sheetsOperations = [
  row({
    ...forPersons,
    name: 'sheets list',
    about: about('operation.sheets.list'),
    http: { method: 'GET', path: '/own/sheets' },
    input: z.strictObject({}),
    output: list,
    async run(box, _input, caller) {
      const named = personIn(box);
      const { rule } = box.sheets;
      const possible = await box.sheets.possible(caller);
      return {
        rule: rule && { ...rule, items: rule.items.map((each) => ({ ...each })) },
        entries: box.sheets.own(caller).map((each) => headOf(box, each)),
        possible: possible.map(({ session, call, member, ended, purpose }) => ({
          ...{ session, call, member: named(member), ended: new Date(ended).toISOString() },
          purpose: purpose && purposeName(box, purpose),
        })),
        blocks: box.sheets.blocks(caller).map(({ moderator, member, until }) => ({
          ...{
            moderator: named(moderator),
            member: named(member),
            until: new Date(box.sheets.timeOf(until)).toISOString(),
          },
        })),
      };
    },
  }),
  row({
    ...forPersons,
    name: 'sheets show',
    about: about('operation.sheets.show'),
    http: { method: 'GET', path: '/own/sheets/{id}' },
    input: z.strictObject({ id }),
    output: whole,
    run: async (box, input, caller) => wholeOf(box, input.id, caller),
  }),
  row({
    ...forPersons,
    name: 'sheets make',
    about: about('operation.sheets.make'),
    http: { method: 'POST', path: '/own/sheets' },
    input: z.strictObject({ session: id, call: id, answers }),
    output: whole,
    async run(box, input, caller) {
      return wholeOf(box, await box.sheets.make(input, input.answers, caller), caller);
    },
  }),
  row({
    ...forPersons,
    name: 'sheets comment',
    about: about('operation.sheets.comment'),
    http: { method: 'PUT', path: '/own/sheets/{id}/comment' },
    input: z.strictObject({ id, words }),
    output: whole,
    async run(box, input, caller) {
      await box.sheets.comment(input.id, input.words, caller);
      return wholeOf(box, input.id, caller);
    },
  }),
  row({
    ...forPersons,
    name: 'sheets object',
    about: about('operation.sheets.object'),
    http: { method: 'PUT', path: '/own/sheets/{id}/objection' },
    input: z.strictObject({ id, words }),
    output: whole,
    async run(box, input, caller) {
      await box.sheets.object(input.id, input.words, caller);
      return wholeOf(box, input.id, caller);
    },
  }),
  row({
    ...forPersons,
    name: 'sheets talk',
    about: about('operation.sheets.talk'),
    http: { method: 'PUT', path: '/own/sheets/{id}/talk' },
    input: z.strictObject({ id, held: z.boolean() }),
    output: whole,
    async run(box, input, caller) {
      await box.sheets.talk(input.id, input.held, caller);
      return wholeOf(box, input.id, caller);
    },
  }),
  row({
    ...forPersons,
    name: 'sheets ask-second',
    about: about('operation.sheets.askSecond'),
    http: { method: 'PUT', path: '/own/sheets/{id}/second' },
    input: z.strictObject({ id, extension: z.string().regex(/^\d{2,8}$/) }),
    output: whole,
    async run(box, input, caller) {
      await box.sheets.askSecond(input.id, extensionNumber(input.extension), caller);
      return wholeOf(box, input.id, caller);
    },
  }),
  row({
    ...forPersons,
    name: 'sheets give-second',
    about: about('operation.sheets.giveSecond'),
    http: { method: 'PUT', path: '/own/sheets/{id}/second/answers' },
    input: z.strictObject({ id, answers }),
    output: whole,
    async run(box, input, caller) {
      await box.sheets.giveSecond(input.id, input.answers, caller);
      return wholeOf(box, input.id, caller);
    },
  }),
];
