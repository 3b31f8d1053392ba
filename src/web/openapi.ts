import { setImmediate } from 'node:timers/promises';
import { isNothing, type JsonSchema, jsonSchema, resolved } from '../admin/schema.js';
import type { Language } from '../admin/speaking.js';
import { pageHeader } from './access/own-page.js';
import { basisField, planOf, type Route, type RoutePlan } from './route.js';

type Json = Readonly<Record<string, unknown>>;

const problem = {
  type: 'object',
  required: ['title', 'status', 'detail', 'code', 'path', 'params'],
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong and what to do, in the language asked for.' },
    code: { type: 'string' },
    path: { $ref: '#/components/schemas/Path' },
    params: { type: 'object' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code'],
        properties: {
          path: { $ref: '#/components/schemas/Path' },
          code: { type: 'string' },
          params: { type: 'object' },
          text: { type: 'string' },
          remedy: { type: 'string' },
        },
      },
    },
    further: { type: 'array', items: { type: 'object' }, description: 'What else went wrong.' },
    version: { type: 'integer', description: 'The present version, where another one was meant.' },
    changes: { description: 'What changed since the version that was meant; null where that is not kept any more.' },
  },
};

const path = {
  type: 'array',
  items: { type: ['string', 'integer'] },
  description: 'The field of the input, from the outside in.',
};

/**
 * The description of the API (OpenAPI 3.1), from the schemas that requests are checked with. It is made route by route: calls get their
 * turn in between.
 */
export async function openApiDocument(routes: readonly Route[], language: Language): Promise<Json> {
  const schemas = new Map<string, unknown>([
    ['Problem', problem],
    ['Path', path],
  ]);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const operation = operationOf(planOf(route), language, schemas);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
    await setImmediate();
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Modcall', version: '1' },
    paths,
    components: {
      schemas: Object.fromEntries(schemas),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-modcall',
          description: `Without TLS it is called modcall. Changes need the header ${pageHeader}, whatever it says.`,
        },
      },
    },
  };
}

function operationOf(plan: RoutePlan, language: Language, schemas: Map<string, unknown>): Json {
  const { route, hasBody } = plan;
  const { roles } = route;
  return {
    operationId: route.id,
    summary: route.about[language],
    security: securityOf(route),
    ...(roles === 'anyone' ? {} : { 'x-roles': [...new Set(['admin', ...roles])] }),
    parameters: parametersOf(plan, schemas),
    ...(hasBody ? { requestBody: bodyOf(plan, schemas) } : {}),
    responses: {
      ...answerOf(plan, schemas),
      default: {
        description: 'Refused.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function securityOf({ roles, isForPersons = false }: Route): readonly Json[] {
  if (roles === 'anyone') return [];
  return [...(isForPersons ? [] : [{ token: [] }]), { session: [] }];
}

function parametersOf(plan: RoutePlan, schemas: Map<string, unknown>): readonly Json[] {
  const { required = [] } = resolved(plan.inputSchema);
  const lifted = liftedInput(plan, schemas);
  const inAddress = Object.entries(lifted.properties ?? {}).flatMap(([name, schema]): Json[] => {
    if (plan.pathFields.includes(name)) return [{ name, in: 'path', required: true, schema }];
    if (plan.hasBody || name === basisField) return [];
    return [{ name, in: 'query', required: required.includes(name), schema }];
  });
  const version = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } };
  return [...inAddress, ...(plan.isVersioned ? [version] : [])];
}

/** The input without what stands in the address and the headers. */
function bodyOf(plan: RoutePlan, schemas: Map<string, unknown>): Json {
  if (plan.file) return { required: true, content: { [plan.file.type]: { schema: plan.fields[plan.file.field] } } };
  const { properties = {}, required = [], ...rest } = liftedInput(plan, schemas);
  const isInBody = (name: string) => !plan.pathFields.includes(name) && name !== basisField;
  const schema = {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => isInBody(name))),
    required: required.filter(isInBody),
  };
  return { required: schema.required.length > 0, content: { 'application/json': { schema } } };
}

function answerOf({ route, outputType }: RoutePlan, schemas: Map<string, unknown>): Json {
  if (isNothing(route.output)) return { 204: { description: 'Done.' } };
  const output = jsonSchema(route.output, 'output');
  const schema = lifted(output, route.id, '', schemas);
  const hasVersion = Object.hasOwn(resolved(output).properties ?? {}, 'version');
  return {
    200: {
      description: 'Done.',
      content: { [outputType]: { schema } },
      ...(hasVersion ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
    },
  };
}

const liftedInput = ({ inputSchema, route }: RoutePlan, schemas: Map<string, unknown>): JsonSchema =>
  resolvedIn(lifted(inputSchema, route.id, 'Input', schemas), schemas);

/** Puts the named parts of a schema where all schemas are; a part can look different on its way in. */
function lifted(schema: JsonSchema, id: string, suffix: string, schemas: Map<string, unknown>): JsonSchema {
  const { $defs = {}, ...root } = schema;
  const nameOf = (name: string) => `${name.startsWith('__') ? `${id}${name}` : name}${suffix}`;
  const renamed = <T>(part: T): T =>
    JSON.parse(JSON.stringify(part), (key, value) =>
      key === '$ref' && typeof value === 'string'
        ? value.replace(/^#\/\$defs\/(.*)$/, (_, name: string) => `#/components/schemas/${nameOf(name)}`)
        : value,
    );
  for (const [name, part] of Object.entries($defs)) schemas.set(nameOf(name), renamed(part));
  return renamed(root);
}

function resolvedIn(schema: JsonSchema, schemas: ReadonlyMap<string, unknown>): JsonSchema {
  const named = schemas.get(schema.$ref?.replace('#/components/schemas/', '') ?? '');
  return (named as JsonSchema | undefined) ?? schema;
}
