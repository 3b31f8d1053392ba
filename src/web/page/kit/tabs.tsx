export interface Tab {
  readonly path: string;
  readonly name: string;
}

/** The parts of a place. */
export function Tabs({
  label,
  tabs,
  path,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly path: string;
}) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.path}>
            <a href={tab.path} aria-current={tab.path === path ? 'page' : undefined}>
              {tab.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
