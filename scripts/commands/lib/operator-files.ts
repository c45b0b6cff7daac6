import { Document, Scalar } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };

/** What a new planet is called, and where it will stand. */
export interface NewPlanet {
  title: string;
  site: string;
  language: string;
  timezone: string;
  owner: string;
}

/** Where an address is still to be written. */
export const EXAMPLE_SITE = 'https://example.org/';

const { name: engine, version, repository } = packageJson;
const home = repository.url.replace(/^git\+|\.git$/g, '');
export const SCHEMA = `node_modules/${engine}/planet.schema.json`;

/** A `planet.yaml` that follows nobody yet, with notes. */
export function planetText({ title, site, language, timezone, owner }: NewPlanet): string {
  return `# yaml-language-server: $schema=${SCHEMA}
# Your planet. All that can be written here: ${home}/blob/v${version}/docs/configure.md
# Lines that begin with "#" are notes. Indent with spaces, never tabs.

# The name at the top of every page.
title: ${scalar(title)}

# One sentence for search engines, feed readers and people who are new here.
description: ${scalar(`The newest posts of all whom ${title} follows`)}

# Where the site will stand, path included: https://example.net/planet/
site: ${scalar(site)}

# The language of the site's own words; posts keep theirs.
language: ${scalar(language)}

# The time zone in which days begin and times are told: UTC, Europe/Amsterdam, America/New_York …
timezone: ${scalar(timezone)}

# Who runs the planet. Feed readers show it; url and email may be added.
owner:
  name: ${scalar(owner)}

# Whom the planet follows. "npx orrery add blog.example.org" finds the feed of a blog and writes it here.
feeds: []
`;
}

/** What says that the page has not been written yet; the build warns of it. */
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

/** @param spec what npm installs as the engine: a version, or `file:` and a package */
export function packageText(name: string, spec = version): string {
  const own = {
    name,
    private: true,
    type: 'module',
    scripts: { build: 'orrery build', preview: 'orrery preview' },
    dependencies: { [engine]: spec },
  };
  return `${JSON.stringify(own, null, 2)}\n`;
}

/** The workflow that reads the feeds, keeps the archive and publishes the site: all of it is the engine's, at one version. */
export function workflowText(): string {
  return `# Reads the feeds every hour, keeps what they said on the branch "archive", and publishes the site where it changed.
# Once: Settings → Pages → Source: "GitHub Actions".
name: planet
on:
  schedule:
    - cron: '23 * * * *'
    # Opens an issue for feeds that have failed for long.
    - cron: '52 6 * * *'
  push: { branches: [main] }
  pull_request:
  workflow_dispatch:
  repository_dispatch: { types: [publish] }
permissions: {}
jobs:
  planet:
    uses: ${home.replace('https://github.com/', '')}/.github/workflows/planet.yml@v${version}
    permissions: { actions: write, contents: write, id-token: write, issues: write, pages: write }
`;
}

/** What git shall not keep: what is installed or built, and the archive, which has a branch of its own. */
export const IGNORED = 'node_modules/\ndist/\n.orrery/\narchive/\n';

export const WORKFLOW = '.github/workflows/planet.yml';

/** A text as YAML writes it, on one line. */
function scalar(text: string): string {
  const value = new Scalar(text.replace(/\s+/g, ' ').trim());
  return new Document(value).toString({ lineWidth: 0 }).trimEnd();
}
