import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import type { Role } from '../../../admin/operation.js';
import { say } from '../texts.js';
import { placesFor } from './places.js';

/** The places of a person; on a narrow screen behind a button. */
export function Menu({ roles }: { readonly roles: readonly Role[] }) {
  const { path } = useLocation();
  const isOpen = useSignal(false);
  const close = () => {
    isOpen.value = false;
  };
  return (
    <nav class="menu" aria-label={say('shell.menu')}>
      <button
        type="button"
        class="menu-button"
        aria-expanded={isOpen.value}
        aria-controls="places"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {say('shell.menu')}
      </button>
      <ul id="places" class={isOpen.value ? 'is-open' : ''}>
        {placesFor(roles).map((place) => (
          <li key={place.name}>
            <a href={place.path} aria-current={isAt(place.path, path) ? 'page' : undefined} onClick={close}>
              {say(`place.${place.name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const isAt = (place: string, path: string): boolean => path === place || path.startsWith(`${place}/`);
