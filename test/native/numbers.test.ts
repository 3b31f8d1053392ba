import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';
import { plainSdp, type RawAnswer, RawProvider } from './support/raw-provider.js';

/** Far beyond what a field is for, and what 31, 32 and 64 bits hold. */
const huge = ['2147483648', '4294967295', '4294967296', '18446744073709551617', '9'.repeat(40)];

describe('excessive numbers', () => {
  let local: LocalEndpoint;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (incoming) => incoming.answer());
  });
  afterAll(() => local.close());

  const call = async (answer: (invite: number, text: string) => RawAnswer) => {
    const provider = await RawProvider.open(answer);
    const outgoing = local.endpoint.call({ to: provider.uri });
    return { provider, outgoing };
  };

  it.each(
    huge.flatMap((number) => ['Retry-After', 'Expires', 'Min-Expires', 'Min-SE'].map((field) => [field, number])),
  )('do not make anyone wait: a refusal with %s: %s ends the call', async (field, number) => {
    const { provider, outgoing } = await call(() => ({ status: 503, lines: [`${field}: ${number}`] }));
    expect(await outgoing.ended).toMatchObject({ status: 503, cause: 'remote' });
    provider.close();
  });

  it.each([
    ['Expires', 'many'],
    ['Retry-After', 'tomorrow'],
    ['Contact', '<sip:a@b>;q=many'],
    ['Warning', '"'],
  ])('or nonsense in %s: %s', async (field, text) => {
    const { provider, outgoing } = await call(() => ({ status: 486, lines: [`${field}: ${text}`] }));
    expect(await outgoing.ended).toMatchObject({ status: 486, cause: 'remote' });
    provider.close();
  });

  it('do not lose an answer', async () => {
    const { provider, outgoing } = await call(() => ({
      status: 200,
      lines: [`Retry-After: ${huge[1]}`],
      body: plainSdp,
    }));
    await new Promise<void>((resolve) => outgoing.once('answered', resolve));
    outgoing.hangUp();
    await outgoing.ended;
    provider.close();
  });

  it.each(huge.flatMap((number) => ['Session-Expires', 'Min-SE', 'Expires', 'RSeq'].map((field) => [field, number])))(
    'do not cause a call to be refused: %s: %s',
    async (field, number) => {
      const headers = { [field]: number, Supported: 'timer, 100rel' };
      const phone = await RawCall.dial(local.udp.port, { headers }).catch((error: Error) => error.message);
      // 422: a session shorter than anybody allows.
      if (typeof phone === 'string') expect(phone).toMatch(/ 422$/);
      else await phone.hangUp();
    },
  );
});

describe('a provider that is never satisfied', () => {
  it('is answered for a few realms and no more', async () => {
    const local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    const provider = await RawProvider.open((invite) => ({
      status: 407,
      lines: [`Proxy-Authenticate: Digest realm="realm ${invite}", nonce="n${invite}", algorithm=MD5`],
    }));
    const account = local.endpoint.addAccount({
      uri: `sip:office@127.0.0.1:${provider.port}`,
      registrar: null,
      username: 'office',
      password: 'secret',
    });
    const outgoing = local.endpoint.call({ to: provider.uri, account });
    const { status } = await outgoing.ended;
    expect(status).toBeGreaterThanOrEqual(400);
    expect(provider.invites.length).toBeGreaterThan(1);
    expect(provider.invites.length).toBeLessThan(8);
    provider.close();
    await local.close();
  });
});
