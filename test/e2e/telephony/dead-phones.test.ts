import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

/** Silence is noticed after ten seconds, and asking takes eight. */
const noticedMs = 60_000;

describe('a phone that loses its power', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    office = await RunningOffice.open();
  });
  afterAll(() => office.close());

  it('ends what it was in, while one that holds is kept as long as it answers', async () => {
    const held = await office.talk('103', '104');
    await held.caller.hold('inactive');
    const { member } = await office.listening();
    office.phone('100').agent.losePower();
    const ended = () => office.appliance.log.find(({ msg }) => msg === 'ended');
    const entry = await until('the listening to end', ended, noticedMs);
    expect(entry.monitoring).toMatchObject({ reason: 'peerSilent', member: '101' });
    expect(member.state).toBe('talking');
    for (const number of ['101', '102']) office.phone(number).agent.losePower();
    const over = () => office.appliance.log.find(({ msg }) => msg === 'callEnded');
    const note = await until('the call of the two dead phones to end', over, noticedMs);
    expect(note.note).toMatchObject({ cause: 'peerSilent' });
    expect(held.caller.requestsReceived).toContain('OPTIONS');
    expect([held.caller.state, held.callee.state]).toEqual(['talking', 'talking']);
  });
});

/** A phone as the network sees it: silent, until it is switched on. */
class SwitchedPhone {
  isOn = false;
  readonly #received: string[] = [];

  static async open(): Promise<SwitchedPhone> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new SwitchedPhone(socket);
  }

  private constructor(private readonly socket: Socket) {
    socket.on('message', (data, { port, address }) => {
      const [head = ''] = data.toString().split('\r\n\r\n');
      this.#received.push(head);
      if (!this.isOn || !head.startsWith('OPTIONS ')) return;
      const fields = head.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
      const lines = ['SIP/2.0 200 OK', ...fields, 'Content-Length: 0'];
      socket.send(`${lines.join('\r\n')}\r\n\r\n`, port, address);
    });
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** The calls, or the questions, that came: each once, however often it was sent. */
  came(method: 'INVITE' | 'OPTIONS'): number {
    const heads = this.#received.filter((head) => head.startsWith(`${method} `));
    return new Set(heads.map((head) => /^Call-ID: *(.*)$/im.exec(head)?.[1])).size;
  }

  close(): void {
    this.socket.close();
  }
}

describe('a phone that is registered and gone', () => {
  let office: RunningOffice;
  let gone: SwitchedPhone;

  beforeAll(async () => {
    office = await RunningOffice.open({}, ['101', '102']);
    gone = await SwitchedPhone.open();
    const contact = `<sip:102@127.0.0.1:${gone.port}>`;
    const fields = { To: '<sip:102@127.0.0.1>', 'Call-ID': 'another', Contact: contact, Expires: '3600' };
    expect((await office.phone('102').agent.request('REGISTER', fields)).status).toBe(200);
    office.phone('102').agent.onCall = (call) => call.refuse(486);
  });
  afterAll(async () => {
    await office.close();
    gone.close();
  });

  const isBusy = async () => {
    const call = await office.call('101', '102');
    expect((await until('the call to end', () => call.end)).status).toBe(486);
  };

  it('is asked, and rings no more beside others, until it answers', { timeout: 120_000 }, async () => {
    await isBusy();
    expect(gone.came('INVITE')).toBe(1);
    await until('the question', () => gone.came('OPTIONS') > 0);
    await isBusy();
    expect(gone.came('INVITE')).toBe(1);
    gone.isOn = true;
    await until(
      'a question that was answered, and a call',
      async () => {
        await isBusy();
        return gone.came('INVITE') > 1;
      },
      noticedMs,
    );
  });
});
