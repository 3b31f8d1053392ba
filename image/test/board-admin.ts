import { type ApiAnswer, ApiClient } from '../../test/support/api.js';
import type { EmulatedBoard } from './emulated-board.js';

const login = { name: 'ada', password: 'correct horse battery' };

/** The first admin of the box on an emulated board, at its page. */
export class BoardAdmin {
  readonly #api: ApiClient;

  private constructor(private readonly board: EmulatedBoard) {
    this.#api = new ApiClient(board.ports.web);
  }

  /** Becomes admin of a box that is on for the first time. */
  static async of(board: EmulatedBoard): Promise<BoardAdmin> {
    const [, code] = await board.untilConsole('the one-time code', /"code":"([\d-]+)"[^\n]*nobody can sign in yet/);
    const admin = new BoardAdmin(board);
    await admin.expectOk('POST', '/session/claim', { code, ...login, language: 'en' });
    return admin;
  }

  /** After the box has been started again. */
  async signIn(): Promise<void> {
    await this.board.untilReady();
    // On a slow board the page opens only after the telephones can call.
    await this.board.untilConsole('the page', /the box can be reached by browsers/);
    await this.expectOk('POST', '/session', login);
  }

  ask(method: string, path: string, body?: unknown, basis?: '*'): Promise<ApiAnswer> {
    return this.#api.ask(method, `/api${path}`, body, basis);
  }

  /** What it answers; throws when it refuses. */
  async expectOk(method: string, path: string, body?: unknown, basis?: '*'): Promise<unknown> {
    const { status, body: answer } = await this.ask(method, path, body, basis);
    if (status !== 200) throw new Error(`${method} ${path} was answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  close(): void {
    this.#api.close();
  }
}
