#!/usr/bin/env bash
# Makes a release: all checks, the version in both packages, a date over the changelog's "Unreleased", a commit and a tag. Nothing is
# pushed. With --dry-run it only says what would be done.
#
#   scripts/release.sh [--dry-run] VERSION
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"

fail() { printf 'No release: %s\nWhat to do: %s\n' "$1" "$2" >&2; exit 1; }

dry_run=false
if [ "${1:-}" = --dry-run ]; then dry_run=true; shift; fi
version=${1:-}
[[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$ ]] || fail "'$version' is no version." 'Name it like 1.2.3.'

readonly packages=(package.json src/node-pjsua2/package.json)
readonly changelogs=(CHANGELOG.md src/node-pjsua2/CHANGELOG.md)
present=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
[ "$(printf '%s\n%s\n' "$present" "$version" | sort -V | tail -n 1)" = "$version" ] ||
  fail "$version is older than $present." 'Name a later version.'
git rev-parse -q --verify "refs/tags/v$version" > /dev/null && fail "there is a tag v$version." 'Name a later version.'
[ -z "$(git status --porcelain)" ] || fail 'there are changes that are not committed.' 'Commit or remove them (git status).'

# Whether there is anything between "Unreleased" and the next heading.
has_news() { sed -n '/^## Unreleased$/,/^## [0-9]/p' "$1" | grep -q '^- '; }
has_news CHANGELOG.md || fail 'CHANGELOG.md has nothing under "Unreleased".' 'Say there what users will notice.'

today=$(date +%F)
if $dry_run; then
  printf 'would run: %s\n' .ci/run
  printf 'would set the version %s in: %s\n' "$version" "${packages[*]}"
  for file in "${changelogs[@]}"; do
    if has_news "$file"; then printf 'would date %s: ## %s (%s)\n' "$file" "$version" "$today"; fi
  done
  printf 'would commit, and tag v%s\n' "$version"
  exit 0
fi

bash .ci/run || fail 'the checks have found something.' 'See the lines above.'
sed -i "s/^  \"version\": \".*\",\$/  \"version\": \"$version\",/" "${packages[@]}"
npm install --package-lock-only --ignore-scripts --offline --no-audit --no-fund --loglevel=error > /dev/null ||
  fail 'package-lock.json could not be brought up to date.' 'Undo with git checkout . and see the lines above.'
for file in "${changelogs[@]}"; do
  if has_news "$file"; then sed -i "s/^## Unreleased\$/## Unreleased\n\n## $version ($today)/" "$file"; fi
done
git commit -q -a -m "Release $version"
git tag -a "v$version" -m "Modcall $version"
printf 'Released %s here. To publish it: git push --follow-tags\n' "$version"
