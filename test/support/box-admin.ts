import { ApiClient } from './api.js';
import type { Appliance } from './appliance.js';
import { until } from './waiting.js';

const login = { name: 'ada', password: 'correct horse battery' };

/** The one-time code of a box that is served and has no admin yet. */
export async function firstCode(appliance: Appliance): Promise<unknown> {
  const said = () => appliance.log.find(({ msg }) => msg.startsWith('nobody can sign in yet'))?.code;
  await until(
    () => `a one-time code:\n${appliance.logTail()}`,
    () => said() !== undefined,
  );
  return said();
}

/** The first admin of an appliance, signed in over the API. */
export class BoxAdmin extends ApiClient {
  /** Becomes the admin of an appliance that has none yet. */
  static async of(appliance: Appliance, port: number): Promise<BoxAdmin> {
    const admin = new BoxAdmin(port);
    await admin.untilServed(appliance);
    const code = await firstCode(appliance);
    await admin.#expectOk('POST', '/api/session/claim', { code, ...login, language: 'en' });
    return admin;
  }

  /** After the appliance has been started again. */
  async signIn(appliance: Appliance): Promise<void> {
    await this.untilServed(appliance);
    await this.#expectOk('POST', '/api/session', login);
  }

  async untilServed(appliance: Appliance): Promise<void> {
    await until(
      () => `the web server:\n${appliance.logTail()}`,
      async () => (await this.ask('GET', '/healthz').catch(() => null)) !== null,
    );
  }

  async #expectOk(method: string, path: string, body: object): Promise<void> {
    const { status, body: answer } = await this.ask(method, path, body);
    if (status !== 200) throw new Error(`${method} ${path} was answered ${status}: ${JSON.stringify(answer)}`);
  }
}
