import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Planet } from '../../../src/model/planet.ts';
import { root } from '../../../src/root.ts';
import { bad, DAY, look, type Note, span, well } from './report.ts';

const run = promisify(execFile);

export function examineNode(version: string): Note {
  const wanted = packageJson.engines.node.replace('>=', '');
  const told = `This is Node ${version}`;
  return isOlder(version, wanted)
    ? bad(`${told}, and Orrery wants ${wanted} or newer; "npm ci" brings its own.`)
    : well(`${told}.`);
}

function isOlder(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [majorWanted = 0, minorWanted = 0] = wanted.split('.').map(Number);
  return major < majorWanted || (major === majorWanted && minor < minorWanted);
}

export function examinePlanet({ site, feeds }: Planet): Note[] {
  const host = new URL(site).hostname;
  const example = /(^|\.)example(\.(org|com|net))?$/.test(host);
  return [
    well(`planet.yaml is in order, and follows ${feeds.length} feeds.`),
    ...(example ? [look(`"site" is still ${site}: write into planet.yaml where the planet will stand.`)] : []),
  ];
}

/** Where the archive's branch was last seen to be, newest knowledge first. */
const BRANCHES = ['refs/orrery/archive', 'refs/remotes/origin/archive', 'refs/heads/archive'];

/** Who takes the snapshots: a workflow, and the branch that it commits to, as far as this copy has heard of it. */
export async function examineSchedule(now: Date): Promise<Note[]> {
  const workflow = '.github/workflows/publish.yml';
  if (!existsSync(join(root, workflow))) {
    return [
      look(
        `There is no ${workflow}. Unless something else runs "npm run build" by the clock, the planet stands still.`,
      ),
    ];
  }
  const last = await lastCommit();
  if (last === null) {
    return [well('This copy knows no branch "archive"; "git fetch origin archive" brings it, if publish.yml has run.')];
  }
  const ago = now.getTime() - last.getTime();
  const told = `The branch "archive" that this copy has was last written ${span(ago)} ago`;
  if (ago < 2 * DAY) return [well(`${told}.`)];
  return [
    look(
      `${told}. "git fetch origin archive" may bring a newer one; if not, see in Actions whether publish still runs: GitHub switches schedules off after 60 idle days.`,
    ),
  ];
}

async function lastCommit(): Promise<Date | null> {
  for (const branch of BRANCHES) {
    const said = await run('git', ['log', '-1', '--format=%cI', branch, '--'], { cwd: root }).catch(() => null);
    if (said?.stdout.trim()) return new Date(said.stdout.trim());
  }
  return null;
}
