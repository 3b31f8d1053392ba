import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations } from '../../../src/admin/operations.js';

/** Names of fields that nobody may see. */
const secrets = /^(?:password|passphrase|pin|secret|present|next|key)$/;

interface Schema {
  readonly writeOnly?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const isMarked = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  ((schema as Schema).writeOnly === true || Object.values(schema).some(isMarked));

/** Fields anywhere in the input that are called like a secret, and are not marked as one. */
function unmarked(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as Schema;
  const here = Object.keys(properties).filter((name) => secrets.test(name) && !isMarked(properties[name]));
  return [...here, ...Object.values(schema).flatMap(unmarked)];
}

test.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s takes no secret that is not marked as one',
  (_, { input }) => {
    expect(unmarked(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }))).toEqual([]);
  },
);
