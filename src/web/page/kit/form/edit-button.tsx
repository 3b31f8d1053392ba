import { say } from '../../texts.js';

/** Opens the form of an entry, whose name only a screen reader needs to be told. */
export function EditButton({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  return (
    <button type="button" aria-label={say('form.editOf', { name })} onClick={onClick}>
      {say('form.edit')}
    </button>
  );
}
