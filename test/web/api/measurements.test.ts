import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoteWeb } from '../../support/web.js';

let web: NoteWeb;

beforeAll(async () => {
  web = await NoteWeb.open();
});
afterAll(() => web.close());

describe('/metrics', () => {
  it('is for those who may read, and for programs with a token', async () => {
    expect((await web.ask('/metrics')).status).toBe(401);
    expect((await web.ask('/metrics', { as: 'member' })).status).toBe(403);
    expect((await web.ask('/metrics', { as: 'read' })).status).toBe(200);
  });

  it('has what the box measures, in the format of Prometheus', async () => {
    const { headers, text } = await web.ask('/metrics', {
      as: 'read',
      headers: { accept: 'text/plain;version=0.0.4;q=0.5,*/*;q=0.1' },
    });
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain(
      '# HELP modcall_calls_active Calls.\n# TYPE modcall_calls_active gauge\nmodcall_calls_active{kind="a\\"b\\\\c\\n"} 3\n',
    );
    const line =
      /^(?:# (?:HELP|TYPE) modcall_[a-z_]+ .+|modcall_[a-z_]+(?:\{[a-z]+="(?:[^"\\]|\\.)*"\})? \d+(?:\.\d+)?)$/;
    expect(text.split('\n').filter((each) => !line.test(each))).toEqual(['']);
  });

  it('counts the answers', async () => {
    const count = async () => {
      const { text } = await web.ask('/metrics', { as: 'read' });
      return Number(/^modcall_http_answers_total\{status="404"\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    const before = await count();
    await web.ask('/nothing');
    await web.ask('/nothing');
    expect(await count()).toBe(before + 2);
  });
});

describe('/healthz', () => {
  it('says whether all is well, to anybody, and nothing more', async () => {
    const answer = await web.ask('/healthz');
    expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
    web.health = 'degraded';
    const degraded = await web.ask('/healthz');
    expect([degraded.status, degraded.text]).toEqual([503, '{"status":"degraded"}']);
  });
});
