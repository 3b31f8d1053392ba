import { csv } from '../../../primitives/csv.js';
import { Dialog } from '../kit/question/dialog.js';
import { saveAs } from '../kit/save-as.js';
import { SecretTable } from '../kit/secret/secret-table.js';
import { ShownOnce } from '../kit/secret/shown-once.js';
import { say } from '../texts.js';

export interface MadePassword {
  readonly number: string;
  /** Where the box has told it. */
  readonly name?: string;
  readonly password: string;
}

interface MadePasswordsProps {
  readonly passwords: readonly MadePassword[];
  readonly onClose: () => void;
}

/** Passwords that the box has made, this once. */
export function MadePasswords({ passwords, onClose }: MadePasswordsProps) {
  const [first] = passwords;
  const isOne = passwords.length === 1 && first !== undefined;
  const rows = passwords.map(({ number, name = '', password }) => ({ number, name, password }));
  return (
    <Dialog
      title={isOne ? say('people.made', { number: first.number }) : say('people.password')}
      size={isOne ? undefined : 'large'}
      onClose={onClose}
    >
      <p>{say(isOne ? 'people.madeAbout' : 'people.madePasswords')}</p>
      {isOne ? (
        <OnePassword made={first} />
      ) : (
        <div class="card table scroll">
          <SecretTable
            idTitle={say('people.number')}
            secretTitle={say('setting.name.password')}
            rows={passwords.map(({ number, name = '', password }) => ({ id: number, name, secret: password }))}
          />
        </div>
      )}
      <div class="buttons">
        {!isOne && (
          <button
            type="button"
            onClick={() => saveAs('passwords.csv', 'text/csv', csv(['number', 'name', 'password'], rows))}
          >
            {say('people.savePasswords')}
          </button>
        )}
        <button type="button" class="main" onClick={onClose}>
          {say('form.close')}
        </button>
      </div>
    </Dialog>
  );
}

/** All that a phone has to be told. */
function OnePassword({ made: { number, password } }: { readonly made: MadePassword }) {
  return (
    <dl class="card known">
      <div>
        <dt>{say('people.server')}</dt>
        <dd>
          <code>{location.hostname}</code>
        </dd>
      </div>
      <div>
        <dt>{say('people.user')}</dt>
        <dd>
          <code>{number}</code>
        </dd>
      </div>
      <div>
        <dt>{say('setting.name.password')}</dt>
        <ShownOnce text={password} />
      </div>
    </dl>
  );
}
