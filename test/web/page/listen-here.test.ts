import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { LocalNetwork } from '../../support/local-network.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { until } from '../../support/waiting.js';
import { spokenTone, tap, untilPageHears } from '../browser.js';
import { OfficePage } from './office-page.js';

const port = 18_475;
const mona = { name: 'mona', password: 'four plain words here' };
const both = { present: [toneOf('101'), toneOf('102')], absent: [spokenTone] };

let network: LocalNetwork;
let box: OfficePage;

beforeAll(async () => {
  network = await LocalNetwork.open();
  box = await OfficePage.open(port, 'tone');
  const api = await BoxAdmin.of(box.office.appliance, port);
  const user = { password: mona.password, roles: ['moderator'], extension: '100', language: 'en' };
  expect((await api.ask('PUT', `/api/users/${mona.name}`, user, '*')).status).toBe(200);
  api.close();
});
afterAll(async () => {
  await box.close();
  await network.close();
});
afterEach(async () => {
  await box.office.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

async function listenHere(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Listen here to the call of 101 and 102' }).click();
  await page.getByLabel('PIN').fill(pins[100]);
  await page.getByLabel('PIN').press('Enter');
  await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
  await tap(page);
  await untilPageHears(page, both);
}

describe('a moderator without a telephone', () => {
  it('hears the call in the page, and is heard by those alone who are to hear', async () => {
    const page = await box.visitAs(mona);
    const { caller: member, callee: other } = await box.office.talk('101', '102');
    await listenHere(page);
    await box.office.untilTalkingAlone(member, other);
    await page.getByRole('group', { name: 'Nobody hears you.' }).waitFor();
    await page.getByRole('button', { name: 'Whisper' }).click();
    await page.getByRole('group', { name: 'Only 101 Person 101 hears you.' }).waitFor();
    await untilHears('member', member, { present: [toneOf('102'), spokenTone], absent: [] });
    await untilHears('other', other, { present: [toneOf('101')], absent: [spokenTone] });
    await page.getByRole('button', { name: 'Barge in' }).click();
    await page.getByRole('group', { name: 'Both of them hear you.' }).waitFor();
    await untilHears('other', other, { present: [toneOf('101'), spokenTone], absent: [] });
    await page.getByRole('button', { name: 'Listen', exact: true }).click();
    await box.office.untilTalkingAlone(member, other);
    await page.getByRole('button', { name: 'End listening' }).click();
    await until('the page to play no more', async () => (await page.locator('audio').count()) === 0);
    await box.office.untilTalkingAlone(member, other);
    expect(member.requestsReceived.concat(other.requestsReceived)).toEqual([]);
    expect(await box.office.recorded('attempt')).toContainEqual(
      expect.objectContaining({ caller: '100', by: 'mona', on: 'browser' }),
    );
  });

  it('is never told of fewer who hear them than may do so: the box has to confirm it first', async () => {
    const page = await box.visitAs(mona);
    await box.office.talk('101', '102');
    await listenHere(page);
    await page.getByRole('button', { name: 'Whisper' }).click();
    await page.getByRole('group', { name: 'Only 101 Person 101 hears you.' }).waitFor();
    let answer = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/own/monitors', async (route) => {
      await asked;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Barge in' }).click();
    await page.getByRole('group', { name: 'The box has still to confirm who hears you.' }).waitFor();
    expect(await page.getByRole('button', { name: 'Whisper', pressed: true }).count()).toBe(0);
    answer();
    await page.getByRole('group', { name: 'Both of them hear you.' }).waitFor();
    await page.getByRole('button', { name: 'Barge in', pressed: true }).waitFor();
  });

  it('hears it again at once after ending it, as often as that is done', async () => {
    const page = await box.visitAs(mona);
    await box.office.talk('101', '102');
    await listenHere(page);
    for (let times = 0; times < 4; times += 1) {
      await page.getByRole('button', { name: 'End listening' }).click();
      await page.getByRole('button', { name: 'Listen here to the call of 101 and 102' }).click();
      await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    }
    await tap(page);
    await untilPageHears(page, both);
  });

  it('takes over the call, talks in it, and hangs up', async () => {
    const page = await box.visitAs(mona);
    const { caller: member, callee: other } = await box.office.talk('101', '102');
    await listenHere(page);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('You are in the call, and are heard.').waitFor();
    await page.getByText('You have taken over the call, and talk to 102 Person 102 now.').waitFor();
    await untilHears('other', other, { present: [spokenTone], absent: [toneOf('101')] });
    await untilPageHears(page, { present: [toneOf('102')], absent: [toneOf('101')] });
    expect(member.state).toBe('ended');
    expect(await page.getByRole('button', { name: /^Listen (here|on my phone)/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('The call has ended.', { exact: true }).waitFor();
    await page.getByText('You are in the call, and are heard.').waitFor({ state: 'detached' });
    await until('the other one to be hung up on', () => other.state === 'ended');
  });

  it('goes on listening after a short loss of the network', async () => {
    const page = await box.visitAs(mona);
    await box.office.talk('101', '102');
    await listenHere(page);
    const lost = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/stay'));
    await page.context().setOffline(true);
    await lost;
    const back = page.waitForResponse((response) => response.url().endsWith('/stay'));
    await page.context().setOffline(false);
    expect((await back).status()).toBe(204);
    await untilPageHears(page, both);
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
  });

  it('is asked before the page is loaded anew, which ends the listening, is recorded, and listens again', async () => {
    const page = await box.visitAs(mona);
    const { caller: member, callee: other } = await box.office.talk('101', '102');
    await listenHere(page);
    const asked = page.waitForEvent('dialog');
    const reloaded = page.reload();
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.accept();
    await reloaded;
    await box.office.untilMonitorEnded('moderatorHungUp');
    await box.office.untilTalkingAlone(member, other);
    await page.getByRole('button', { name: 'Listen here to the call of 101 and 102' }).click();
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    await tap(page);
    await untilPageHears(page, both);
  });

  it('listens no more once their browser has died, which tells nobody', async () => {
    const page = await box.visitAs(mona);
    const { caller: member, callee: other } = await box.office.talk('101', '102');
    await listenHere(page);
    await page.goto('chrome://crash').catch(() => {});
    await box.office.untilMonitorEnded('pageGone');
    await box.office.untilTalkingAlone(member, other);
    const again = await box.visitAs(mona);
    await listenHere(again);
  });

  it('leaves nobody in silence whose call they have taken over when their browser dies', async () => {
    const page = await box.visitAs(mona);
    const { callee: other } = await box.office.talk('101', '102');
    await listenHere(page);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('You are in the call, and are heard.').waitFor();
    await page.goto('chrome://crash').catch(() => {});
    await until('the other one to be hung up on', () => other.state === 'ended');
  });

  it('loses the listening when Janus is killed, no call with it, and gets it again', async () => {
    const page = await box.visitAs(mona);
    const { caller: member, callee: other } = await box.office.talk('101', '102');
    await listenHere(page);
    const killed = await janusOf(box.office.appliance.pid);
    process.kill(killed, 'SIGKILL');
    await page.getByText('The listening has ended: The browser could not be reached any more.').waitFor();
    await box.office.untilMonitorEnded('browserLost');
    await box.office.untilTalkingAlone(member, other);
    await until(
      'Janus to be back',
      async () => (await janusOf(box.office.appliance.pid).catch(() => killed)) !== killed,
    );
    const again = page.getByRole('button', { name: 'Listen here to the call of 101 and 102' });
    await again.click();
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    await tap(page);
    await untilPageHears(page, both);
    expect([member.state, other.state]).toEqual(['talking', 'talking']);
  });
});

/** The process of Janus that this box has started. */
async function janusOf(box: number): Promise<number> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(box), '-x', 'janus']);
  return Number(stdout);
}
