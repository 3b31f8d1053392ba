import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { untilPhoneHears } from '../support/phones/hearing.js';
import { OwnPhone } from '../support/phones/own-phone.js';
import { until } from '../support/waiting.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tones: Readonly<Record<string, number>> = { 100: 400, 101: 600, 102: 850 };

describe('an example of node-pjsua2', () => {
  const running: ChildProcess[] = [];
  const phones: OwnPhone[] = [];

  beforeAll(() => promisify(execFile)(`${root}node_modules/.bin/tsc`, ['-p', `${root}src/node-pjsua2/examples`]));
  afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.kill('SIGINT')) await once(child, 'exit');
      expect(child.exitCode).toBe(0);
    }
    for (const phone of phones.splice(0)) await phone.close();
  });

  /** Resolves with the port at which the example listens for what the line says. */
  async function start(name: string, ...ports: readonly string[]) {
    const child = spawn(process.execPath, [`${root}build/examples/${name}.js`, '127.0.0.1', ...ports], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    await until(
      () => `${name} to listen; it said: ${output}`,
      () => output.includes('listening on'),
    );
    const portOf = (what: string) => Number(new RegExp(`^${what} \\S+:(\\d+)$`, 'm').exec(output)?.[1]);
    return { sip: portOf('listening on'), http: portOf('http on') };
  }

  async function phone(port: number, number: string, password = `secret ${number}`): Promise<OwnPhone> {
    const server = { address: '127.0.0.1', port };
    const registered = await OwnPhone.register({ server, number, password, tone: tones[number] ?? 0 }, 'PCMA');
    phones.push(registered);
    return registered;
  }

  it('is a registrar, and plays back what it heard', async () => {
    const { sip } = await start('registrar-echo', '0');
    const caller = await phone(sip, '100', 'correct horse');
    await caller.call('600');
    await caller.untilTalking();
    await untilPhoneHears('the caller', caller, { present: [400], absent: [1000] });
    await caller.untilEnded();
  });

  it('is a back-to-back user agent with a listener, who is not heard', async () => {
    const { sip } = await start('b2bua-listener', '0');
    const [caller, callee, listener] = [await phone(sip, '100'), await phone(sip, '101'), await phone(sip, '102')];
    await caller.call('101');
    await callee.answer();
    await caller.untilTalking();
    await listener.call('*55');
    await listener.untilTalking();
    await untilPhoneHears('the listener', listener, { present: [400, 600], absent: [850] });
    await untilPhoneHears('the caller', caller, { present: [600], absent: [400, 850] });
    await untilPhoneHears('the callee', callee, { present: [400], absent: [600, 850] });
    await callee.hangUp();
    await caller.untilEnded();
    await listener.untilEnded();
  });

  it('connects two phones at a click, or says why it cannot', async () => {
    const { sip, http } = await start('click-to-call', '0', '0');
    const click = (from: string, to: string) =>
      fetch(`http://127.0.0.1:${http}/calls?from=${from}&to=${to}`, { method: 'POST' });
    const first = await phone(sip, '100');
    const refused = click('100', '101');
    await first.answer();
    expect(await (await refused).text()).toContain('101 is not registered');
    await first.untilEnded();
    const second = await phone(sip, '101');
    const connected = click('100', '101');
    await first.answer();
    await second.answer();
    expect((await connected).status).toBe(201);
    await untilPhoneHears('the first', first, { present: [600], absent: [400] });
    await untilPhoneHears('the second', second, { present: [400], absent: [600] });
    await first.hangUp();
    await second.untilEnded();
  });
});
