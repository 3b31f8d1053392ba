import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningOffice } from '../support/running-office.js';
import { until } from '../support/waiting.js';

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
