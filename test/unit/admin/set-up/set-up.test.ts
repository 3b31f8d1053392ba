import { describe, expect, it } from 'vitest';
import { type DemoPair, demoPairIn } from '../../../../src/admin/set-up/demo-pair.js';
import { missingIn } from '../../../../src/admin/set-up/missing.js';
import { setUpOperations } from '../../../../src/admin/set-up/set-up-operations.js';
import { firstNames } from '../../../../src/appliance/first-names.js';
import { firstSettings } from '../../../../src/store/settings/first-settings.js';
import type { Settings } from '../../../../src/store/settings/settings-schema.js';
import { person } from '../box.js';

const settingsOf = async (isDemo: boolean): Promise<Settings> => {
  const board = { lines: [{ port: 'handset', kind: 'fxs' } as const], handset: 'handset' };
  return (await firstSettings({ language: 'en', country: 'gb', board, names: firstNames('en'), isDemo })).settings;
};
const bare = await settingsOf(false);
const full = await settingsOf(true);
const none: ReadonlySet<string> = new Set();

describe('what is still to be set up', () => {
  it('is everything in a new box, and nothing in a demonstration', () => {
    expect(missingIn(bare, false)).toEqual(['country', 'phones', 'moderator', 'profile', 'licence']);
    expect(missingIn(full, true)).toEqual([]);
  });

  it('are phones while there is only one, at the box or elsewhere', () => {
    expect(bare.extensions).toHaveLength(1);
    const two = [...bare.extensions, ...full.extensions.slice(0, 1)];
    expect(missingIn({ ...bare, extensions: two }, true)).not.toContain('phones');
    expect(missingIn({ ...bare, country: 'de', extensions: full.extensions, analogPhones: [] }, true)).toEqual([
      'profile',
    ]);
  });

  it('is a moderator while nobody has a PIN', () => {
    const extensions = full.extensions.map((extension) => ({ ...extension, pin: null }));
    expect(missingIn({ ...full, extensions }, true)).toEqual(['moderator']);
  });
});

describe('the two who can be heard to talk', () => {
  it('are those who agreed, of whom one is a member, and neither moderates or has a phone', () => {
    expect(demoPairIn(full, none)).toEqual({ caller: '101', callee: '102' });
    expect(demoPairIn(full, new Set(['101']))).toEqual({ caller: '102', callee: '103' });
    expect(demoPairIn(full, new Set(['101', '102']))).toBeNull();
  });

  it('are nobody who is excluded, nor anybody where no profile has members', () => {
    const exclusions = { extensions: ['102'], numbers: [] };
    expect(demoPairIn({ ...full, exclusions }, none)).toEqual({ caller: '101', callee: '103' });
    expect(demoPairIn({ ...full, profiles: [] }, none)).toBeNull();
    expect(demoPairIn(bare, none)).toBeNull();
  });
});

describe('the call of the built-in phones', () => {
  const boxWith = (settings: Settings, isPossible: boolean) => {
    const demoCall = {
      isPossible,
      pair: null as DemoPair | null,
      until: null as number | null,
      isOver: false,
      async begin(pair: DemoPair) {
        this.pair = pair;
        this.until = Date.UTC(2026, 10, 3, 14, 15);
      },
      async end() {
        [this.pair, this.until] = [null, null];
      },
    };
    const live = { registrations: () => [{ extension: '103' }] };
    return { demoCall, live, sipPort: 5060, settings: { current: { settings } }, state: () => ({ isLicensed: true }) };
  };
  const run = async (name: string, box: ReturnType<typeof boxWith>): Promise<unknown> => {
    const operation = setUpOperations.find((each) => each.name === name);
    return operation?.output.parse(await operation.run(box as never, {}, person('ada')));
  };

  const possible = { isPossible: true, obstacle: null, pair: null, until: null, isOver: false };

  it('begins with two who are free, is shown, and ends', async () => {
    const box = boxWith(full, true);
    const talking = { ...possible, pair: { caller: '101', callee: '102' }, until: '2026-11-03T14:15:00.000Z' };
    expect(await run('demo-call begin', box)).toEqual(talking);
    expect(await run('set-up show', box)).toEqual({ missing: [], sipPort: 5060, demoCall: talking });
    expect(await run('demo-call begin', box)).toEqual(talking);
    expect(await run('demo-call end', box)).toEqual(possible);
    box.demoCall.isOver = true;
    expect(await run('set-up show', box)).toMatchObject({ demoCall: { ...possible, isOver: true } });
  });

  it('is foreseen not to be possible, with the reason', async () => {
    const shown = async (box: ReturnType<typeof boxWith>) => Object(await run('set-up show', box)).demoCall;
    expect(await shown(boxWith(full, true))).toEqual(possible);
    expect(await shown(boxWith(full, false))).toMatchObject({ isPossible: false, obstacle: 'notHere', pair: null });
    expect(await shown(boxWith(bare, true))).toMatchObject({ isPossible: false, obstacle: 'tooFew', pair: null });
    const agreed = full.extensions.find(({ consents }) => consents)?.number;
    const extensions = full.extensions.map((each) => ({ ...each, consents: each.number === agreed }));
    expect(await shown(boxWith({ ...full, extensions }, true))).toMatchObject({ isPossible: false });
  });

  it('is refused with the reason', async () => {
    await expect(run('demo-call begin', boxWith(full, false))).rejects.toMatchObject({
      problem: { code: 'demoCall.notHere' },
    });
    await expect(run('demo-call begin', boxWith(bare, true))).rejects.toMatchObject({
      problem: { code: 'demoCall.tooFew' },
    });
  });
});
