import { Document, Scalar } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };

export interface NewPlanet {
  title: string;
  site: string;
  language: string;
  timezone: string;
  owner: string;
}

export const EXAMPLE_SITE = 'https://example.org/';
const { name: engine, version, repository } = packageJson;
const home = repository.url.replace(/^git\+|\.git$/g, '');
const repositoryName = home.replace('https://github.com/', '');
export const SCHEMA = `node_modules/${engine}/planet.schema.json`;

export function planetText({ title, site, language, timezone, owner }: NewPlanet): string {
  return `# yaml-language-server: $schema=${SCHEMA}
# Your planet. All settings: ${home}/blob/v${version}/docs/configure.md
# Lines that begin with "#" are comments. Indent with spaces, never tabs.

# The name at the top of every page.
title: ${scalar(title)}

# One sentence for search engines, feed readers and new readers.
description: ${scalar(`New posts from the blogs that ${title} follows`)}

# The address of the site, with the path: https://example.net/planet/
site: ${scalar(site)}

# The language of the site's own texts; posts keep their language.
language: ${scalar(language)}

# The time zone of days and times: UTC, Europe/Amsterdam, America/New_York …
timezone: ${scalar(timezone)}

# The person who runs the planet, shown by feed readers. You can add url and email.
owner:
  name: ${scalar(owner)}

# The feeds of the planet. "npx orrery add blog.example.org" finds the feed of a blog and adds it here.
feeds: []
`;
}

/** The mark of a page that is not written yet; the build warns about it. */
export const TO_WRITE = 'Put your name and an address here';

export function aboutText(title: string): string {
  return `---
title: About this planet
description: ${scalar(`What ${title} is, how to join or leave it, and who runs it`)}
---

This planet gathers the newest posts of blogs that we like to read, and keeps them so that they can be found again.
The posts belong to the people who wrote them; every one links to its original, and that is the place to answer.

If you write a blog that belongs here, or would rather not be shown, write to the keeper of this planet.
{/* ${TO_WRITE}, so that people know whom to ask, and remove this line. */}
`;
}

export const WORKFLOW = '.github/workflows/planet.yml';

/** The files that make the folder a repository, by path. `spec` is the engine for npm: a version, or `file:` and a package. */
export function repositoryFiles(name: string, spec?: string): Record<string, string> {
  return {
    'package.json': packageText(name, spec),
    [WORKFLOW]: workflowText(),
    '.github/dependabot.yml': updatesText(),
    '.gitignore': IGNORED,
  };
}

function packageText(name: string, spec = version): string {
  const own = {
    name,
    private: true,
    type: 'module',
    scripts: { build: 'orrery build', preview: 'orrery preview' },
    dependencies: { [engine]: spec },
  };
  return `${JSON.stringify(own, null, 2)}\n`;
}

function workflowText(): string {
  return `# Reads the feeds every hour, stores the entries on the branch "archive", and publishes the site if it changed.
# Required once: Settings → Pages → Source: "GitHub Actions".
name: planet
on:
  schedule:
    - cron: '23 * * * *'
    # Opens an issue for feeds that have failed for a long time.
    - cron: '52 6 * * *'
  push: { branches: [main] }
  pull_request:
  workflow_dispatch:
    inputs:
      accept-loss: { type: boolean, description: Publish also if the archive lacks published entries }
  repository_dispatch: { types: [publish] }
permissions: {}
jobs:
  planet:
    uses: ${repositoryName}/.github/workflows/planet.yml@v${version}
    permissions: { actions: write, contents: write, id-token: write, issues: write, pages: write }
`;
}

/**
 * The settings of Dependabot. The version of the engine is in `package.json` and in the workflow, and `uses:` accepts
 * no expression, so a group changes both in one pull request
 * (https://docs.github.com/code-security/concepts/supply-chain-security/multi-ecosystem-updates).
 */
function updatesText(): string {
  return `# Opens one pull request for each new version of the engine: the package and the workflow. You can delete this file.
version: 2
multi-ecosystem-groups:
  orrery:
    schedule: { interval: weekly }
updates:
  - package-ecosystem: npm
    directory: /
    patterns: ['${engine}']
    multi-ecosystem-group: orrery
  - package-ecosystem: github-actions
    directory: /
    patterns: ['${repositoryName}*']
    multi-ecosystem-group: orrery
`;
}

/** Files for git to ignore: installed and built ones, and the archive, which has its own branch. */
const IGNORED = 'node_modules/\n/dist/\n.orrery/\n/archive/\n';

/** A text as a YAML value on one line. */
function scalar(text: string): string {
  return new Document(new Scalar(text.replace(/\s+/g, ' ').trim())).toString({ lineWidth: 0 }).trimEnd();
}
