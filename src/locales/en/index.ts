import { access } from './access.js';
import { advice } from './advice.js';
import { agreement } from './agreement.js';
import { audit } from './audit.js';
import { backup } from './backup.js';
import { board } from './board.js';
import { client } from './client.js';
import { command } from './command.js';
import { demoCall } from './demo-call.js';
import { evaluation } from './evaluation.js';
import { fault } from './fault.js';
import { field } from './field.js';
import { firstSettings } from './first-settings.js';
import { frontPanel } from './front-panel.js';
import { handling } from './handling.js';
import { identity } from './identity.js';
import { input } from './input.js';
import { licence } from './licence.js';
import { live } from './live.js';
import { operation } from './operation.js';
import { page } from './page.js';
import { phone } from './phone.js';
import { prompt } from './prompt.js';
import { provider } from './provider.js';
import { request } from './request.js';
import { route } from './route.js';
import { settings } from './settings.js';
import { start } from './start.js';
import { storage } from './storage.js';
import { update } from './update.js';
import { web } from './web.js';
import { welcome } from './welcome.js';

export const english = {
  access,
  advice,
  agreement,
  audit,
  backup,
  board,
  client,
  command,
  demoCall,
  evaluation,
  fault,
  field,
  firstSettings,
  frontPanel,
  handling,
  identity,
  input,
  licence,
  live,
  operation,
  page,
  phone,
  prompt,
  provider,
  request,
  route,
  settings,
  start,
  storage,
  update,
  web,
  welcome,
};

/** The texts that every other language has to have, too. */
export type English = typeof english;
