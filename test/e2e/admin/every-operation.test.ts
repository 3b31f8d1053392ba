import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../src/admin/operations.js';
import { fileIn, jsonSchema } from '../../../src/admin/schema.js';
import { ApiClient } from '../../support/api.js';
import { ApiDocument } from '../../support/api-document.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { type ExampleCall, exampleCalls, type Surroundings } from '../../support/example-calls.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { StandInRauc } from '../../support/stand-in-rauc.js';
import { UpdateFolder } from '../../support/update-folder.js';
import { Vendor } from '../../support/vendor.js';

const port = 18_462;

/** One example after the other: each finds what those before it have made. */
describe('the running box does what is asked of it and answers as it has declared, by an example of each operation', () => {
  let vendor: Vendor;
  let rauc: StandInRauc;
  let updates: UpdateFolder;
  let office: RunningOffice;
  let admin: BoxAdmin;
  let moderator: ApiClient;
  let document: ApiDocument;
  const answers = new Map<string, unknown>();
  const surroundings: Surroundings = {
    get office() {
      return office;
    },
    answerTo: (name) => answers.get(name),
    licenceKey: async () => readFile(await vendor.issue(`key-${answers.size}`, ...licenceFor()), 'utf8'),
  };
  const licenceFor = () => ['--kind', 'bought', '--hardware-id', Object(answers.get('state show')).hardwareId];

  beforeAll(async () => {
    vendor = await Vendor.open();
    rauc = await StandInRauc.start();
    updates = await UpdateFolder.open();
    updates.announce('stable', '1.3.0');
    const webhook = {
      url: 'https://127.0.0.1:9/',
      place: 'box',
      events: ['calls'],
      secret: `whsec_${'A'.repeat(43)}=`,
    };
    const webhooks = [{ id: 'of-the-office', ...webhook }];
    const options = { program: vendor.program, environment: rauc.environment };
    ({ office, admin } = await officeWithAdmin(
      port,
      { webhooks, updateChannel: { address: updates.address } },
      ['100', '101', '102'],
      options,
    ));
    const ada = { roles: ['admin'], language: 'en', extension: '101' };
    await admin.ask('PUT', '/api/users/ada', ada, '*');
    await admin.signIn(office.appliance);
    const mona = { name: 'mona', password: 'four plain words here' };
    const user = { password: mona.password, roles: ['moderator'], extension: '100', language: 'en' };
    await admin.ask('PUT', '/api/users/mona', user, '*');
    document = new ApiDocument((await admin.ask('GET', '/api/openapi.json')).body as never);
    moderator = new ApiClient(port);
    await moderator.ask('POST', '/api/session', mona);
  });
  afterAll(async () => {
    admin.close();
    moderator.close();
    await office.close();
    await rauc.remove();
    await updates.close();
    await vendor.close();
  });

  it.each(exampleCalls)('$name', async (example) => {
    await example.prepare?.(surroundings);
    const { status, body } = await asked(example);
    expect({ body, isDone: status === 200 || status === 204 }).toMatchObject({
      body: example.answer ?? '',
      isDone: true,
    });
    answers.set(example.name, body);
    expect(document.faultOf(routeOf(example.name), { status, body })).toBeUndefined();
  });

  it('and an answer that is otherwise than declared is seen', () => {
    const answer = Object(answers.get('state show'));
    const { version: _, ...incomplete } = answer;
    const faultOf = (status: number, body: unknown) => document.faultOf(routeOf('state show'), { status, body });
    expect(faultOf(200, answer)).toBeUndefined();
    expect(faultOf(200, { ...answer, phones: 'many' })).toContain('phones must be number');
    expect(faultOf(200, { ...answer, more: 1 })).toContain('additional properties');
    expect(faultOf(200, incomplete)).toContain("required property 'version'");
    expect(faultOf(204, '')).toContain('nothing is declared');
  });

  function operationOf(name: string) {
    const operation = operations.find((each) => each.name === name);
    if (!operation) throw new Error(`there is no operation ${name}`);
    return operation;
  }
  function routeOf(name: string) {
    const { method, path } = operationOf(name).http;
    return { method, path: `/api${path}` };
  }

  /** By HTTP, as its row says. */
  async function asked({ name, by, input }: ExampleCall) {
    const client = by === 'moderator' ? moderator : admin;
    const operation = operationOf(name);
    const { method, path } = operation.http;
    const fields = new Map(Object.entries((await input?.(surroundings)) ?? {}));
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
      const value = String(fields.get(field));
      fields.delete(field);
      return encodeURIComponent(value);
    });
    if (method === 'GET' || method === 'DELETE') {
      const query = new URLSearchParams([...fields].map(([field, value]): [string, string] => [field, String(value)]));
      return client.ask(method, `/api${filled}?${query}`, undefined, '*');
    }
    const file = fileIn(jsonSchema(operation.input, 'input'));
    return client.ask(method, `/api${filled}`, file ? fields.get(file.name) : Object.fromEntries(fields), '*');
  }
});
