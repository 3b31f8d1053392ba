import { languages } from '../../../primitives/language.js';
import { language, say } from '../texts.js';
import { chooseLanguage, languageNames } from './languages.js';
import { chooseScheme, scheme } from './scheme.js';

/** How the page speaks and looks. */
export function Looks() {
  const isDark = scheme.value === 'dark';
  return (
    <>
      <fieldset class="languages" aria-label={say('shell.language')}>
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            title={languageNames[each]}
            aria-pressed={language.value === each}
            onClick={() => chooseLanguage(each)}
          >
            {each.toUpperCase()}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="scheme"
        aria-label={say('shell.dark')}
        title={say('shell.dark')}
        aria-pressed={isDark}
        onClick={() => chooseScheme(isDark ? 'light' : 'dark')}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="7" />
          <path d="M10 3a7 7 0 0 1 0 14z" />
        </svg>
      </button>
    </>
  );
}
