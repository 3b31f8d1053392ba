import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations } from '../../../src/admin/operations.js';

/** Fields that say who somebody is. */
const persons = new Set(['extension', 'member', 'moderator', 'caller', 'user']);

/** What stands beside a person somewhere, and tells nothing of how they work: names of sessions and calls, a telephone's port, a version. */
const harmless = new Set(['session', 'call', 'port', 'version']);

type Json = { readonly [key: string]: unknown };
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

interface Figure {
  readonly person: string;
  readonly number: string;
}

/** Every object of a schema that names a person, with the numbers in it. */
function figures(schema: unknown): readonly Figure[] {
  if (!isJson(schema)) return [];
  const { properties } = schema;
  const fields = isJson(properties) ? Object.entries(properties) : [];
  const named = fields.filter(([name, value]) => persons.has(name) && isText(value)).map(([name]) => name);
  const numbers = fields.filter(([, value]) => hasNumber(value)).map(([name]) => name);
  const here = named.flatMap((person) => numbers.map((number) => ({ person, number })));
  return [...here, ...Object.values(schema).flatMap((part) => figures(part))];
}

const isText = (schema: unknown): boolean =>
  isJson(schema) && (schema.type === 'string' || [schema.anyOf].flat().some((each) => isJson(each) && isText(each)));

/** Whether a value is a number, or has one in it. */
const hasNumber = (schema: unknown): boolean =>
  isJson(schema) &&
  (schema.type === 'number' || schema.type === 'integer' || Object.values(schema).some((part) => hasNumber(part)));

const schemaOf = (type: z.ZodType): unknown => z.toJSONSchema(type, { unrepresentable: 'any', io: 'output' });

test('no operation answers with figures of a person', () => {
  const found = operations.flatMap(({ name, output }) =>
    figures(schemaOf(output)).map((figure) => ({ name, ...figure })),
  );
  expect(new Set(found.map(({ number }) => number))).toEqual(harmless);
});

test('nobody can ask for the report of one person, or of some', () => {
  const [report] = operations.filter(({ name }) => name === 'audit report');
  expect(Object.keys(report?.input instanceof z.ZodObject ? report.input.shape : {})).toEqual(['month']);
});

test('a figure that is planted beside a person is found', () => {
  const planted = z.object({ entries: z.array(z.object({ member: z.string(), score: z.number() })) });
  expect(figures(schemaOf(planted))).toEqual([{ person: 'member', number: 'score' }]);
});
