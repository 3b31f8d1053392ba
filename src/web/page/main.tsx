import { render } from 'preact';
import { restoreSession } from './api/session.js';
import { Page } from './shell/page.js';
import './kit/form/unsaved.js';
import './shell/scheme.js';

const root = document.querySelector('#page');
if (root) render(<Page />, root);
void restoreSession();
