import axe, { type AxeResults } from 'axe-core';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '../../../src/admin/operation.js';
import { ApiClient } from '../../support/api.js';
import { codeOf } from '../../support/authenticator.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { TrunkOffice } from '../../support/trunk-office.js';
import { WebBrowser } from '../browser.js';

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

export const admin = { name: 'ada', password: 'correct horse battery' };

/** A running office, whose page is open in a browser. */
export class OfficePage {
  readonly trunk: TrunkOffice;
  readonly browser: WebBrowser;
  readonly address: string;
  /** What the browsers of those keep who have signed in. */
  readonly #signedIn = new Map<string, StorageState>();

  /** The provider's calls ring at 103. */
  static async open(
    port: number,
    microphone: 'tone' | 'none' = 'none',
    environment: Readonly<Record<string, string>> = {},
  ): Promise<OfficePage> {
    const trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '103' }, trusted: true },
      onCall: (call) => call.ring(180, { audio: false }),
      settings: { web: { address: '127.0.0.1', port } },
      environment,
    });
    return new OfficePage(trunk, await WebBrowser.start(microphone), port);
  }

  private constructor(
    trunk: TrunkOffice,
    browser: WebBrowser,
    private readonly port: number,
  ) {
    this.trunk = trunk;
    this.browser = browser;
    this.address = `https://127.0.0.1:${port}/`;
  }

  get office() {
    return this.trunk.office;
  }

  /** A program of the admin. */
  async api(): Promise<BoxAdmin> {
    const api = new BoxAdmin(this.port);
    await api.signIn(this.office.appliance);
    return api;
  }

  /** The page as somebody opens it who has never been there. */
  visit(options: BrowserContextOptions = {}): Promise<Page> {
    return this.browser.open(this.address, { ignoreHTTPSErrors: true, ...options });
  }

  /** The page of whoever signs in there. */
  async visitAs({ name, password }: typeof admin, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.visit(options);
    await signIn(page, name, password);
    await page
      .getByRole('main')
      .getByRole('heading', { level: 1, name: /Live|Jetzt/ })
      .waitFor();
    return page;
  }

  /** Lets somebody in who speaks English. */
  async addUser(
    { name, password }: typeof admin,
    user: { readonly roles: readonly Role[]; readonly extension?: string },
  ): Promise<void> {
    const api = await this.api();
    const { status, body } = await api.ask('PUT', `/api/users/${name}`, { password, language: 'en', ...user }, '*');
    api.close();
    expect([status, body]).toMatchObject([200, { name }]);
  }

  /** The page at a path, for somebody who stays signed in from one visit to the next. */
  async visitAt(path: string, person: typeof admin, options: BrowserContextOptions = {}): Promise<Page> {
    const storageState = this.#signedIn.get(person.name) ?? (await this.#signIn(person));
    this.#signedIn.set(person.name, storageState);
    return this.browser.open(`${this.address}${path}`, { ignoreHTTPSErrors: true, storageState, ...options });
  }

  async #signIn(person: typeof admin): Promise<StorageState> {
    const context = (await this.visitAs(person)).context();
    const state = await context.storageState();
    await context.close();
    return state;
  }

  /** Gives somebody a second factor. @returns a recovery code. */
  async secondFactorOf(person: typeof admin): Promise<string> {
    const own = new ApiClient(this.port);
    await own.ask('POST', '/api/session', person);
    const begun = await own.ask('POST', '/api/own/second-factor', {});
    const code = codeOf((begun.body as { readonly secret: string }).secret);
    const confirmed = await own.ask('PUT', '/api/own/second-factor', { code });
    own.close();
    const [recoveryCode = ''] = (confirmed.body as { readonly recoveryCodes: readonly string[] }).recoveryCodes;
    return recoveryCode;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.trunk.close();
  }
}

export async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel(/^(Name|Benutzername)$/).fill(name);
  await page.getByLabel(/^(Password|Passwort)$/).fill(password);
  await page.getByLabel(/^(Password|Passwort)$/).press('Enter');
}

/** Goes to a place by the menu, and is told by the focus that it is there. */
export async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).press('Enter');
  await page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor();
  await page.waitForFunction(
    (name) => document.activeElement?.textContent === name && document.title === `${name} · Modcall`,
    place,
  );
}

/** Shows that axe finds nothing wrong with what the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate('axe.run()');
  const { violations } = found as AxeResults;
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
