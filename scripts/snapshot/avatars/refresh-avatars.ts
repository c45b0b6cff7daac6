import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { avatarPath, avatarsFile, avatarsFolder, keptPictures } from '../../../src/archive/read-avatars.ts';
import { AVATAR_SIZES, avatarsText } from '../../../src/core/avatar-files.ts';
import { Avatar } from '../../../src/core/avatars.ts';
import { printError } from '../../cli.ts';
import { writeWhole } from '../../disk/files.ts';
import { instant } from '../dating.ts';
import type { Limits } from '../fetch/failure.ts';
import type { Fetched } from '../fetch/response.ts';
import { type FailureReason, failureSentence } from '../outcome.ts';
import { runInTurns } from '../queue.ts';
import type { Shrunk } from './shrink.ts';
import { isDue } from './wanted.ts';

/** What looking for pictures needs from outside. */
export interface PictureSource {
  fetchPicture(asking: { url: string; validators: Avatar['validators'] }): Promise<Fetched>;
  shrinkSafely(bytes: Uint8Array): Promise<Shrunk>;
}

/** How much a picture's server may take: nobody waits long for one. */
export const PICTURE_LIMITS: Partial<Limits> = { deadline: 10_000, connect: 5_000, headers: 8_000, body: 200 * 1024 };

/** So many are looked for in one run; the others' turn comes in the next. */
const MOST = 200;

/** What became of the pictures: what `--json` prints. */
export interface AvatarReport {
  checked: number;
  /** New pictures, and others than before. */
  changed: number;
  failed: { of: string; reason: string }[];
  /** Why none could be looked for; null where they could. */
  note: string | null;
}

/**
 * Looks for the pictures that are due, keeps what was found in the archive, and removes what has been replaced. No picture fails a
 * run: what went wrong is written down, and the last one stays. Null where there was nothing to do.
 */
export async function refreshAvatars(
  archive: string,
  { known, wanted }: Record<'known' | 'wanted', readonly Avatar[]>,
  source: PictureSource,
  now: Date,
): Promise<AvatarReport | null> {
  await sweep(archive);
  const kept = await keptPictures(archive);
  const due = wanted.filter((avatar) => isDue(avatar, kept, now)).slice(0, MOST);
  const note = due.length === 0 ? null : await whyNone(source);
  const look = lookFor(archive, kept, source, now);
  const found = note === null ? await runInTurns(due, ({ urls: [url = ''] }) => hostOf(url), look) : due;
  const fresh = new Map(due.map((avatar, index) => [avatar, found[index] ?? avatar]));
  const next = wanted.map((avatar) => fresh.get(avatar) ?? avatar);
  writeAvatars(archive, next);
  removeReplaced(archive, known, next);
  if (due.length === 0) return null;
  if (note !== null) return { checked: 0, changed: 0, failed: [], note };
  const changed = due.filter((avatar) => fresh.get(avatar)?.hash !== avatar.hash).length;
  const failed = found.flatMap(({ feed, author, problem }) =>
    problem === null ? [] : [{ of: author ?? feed ?? '', reason: problem }],
  );
  return { checked: due.length, changed, failed, note };
}

/** Asked before anything is fetched in vain. */
async function whyNone({ shrinkSafely }: PictureSource): Promise<string | null> {
  const tried = await shrinkSafely(new Uint8Array());
  return tried.kind === 'no-sharp' ? tried.why : null;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

/** Each address is asked once in a run, and a host that is down too, however many pictures it should have. */
function lookFor(
  archive: string,
  kept: Set<string>,
  { fetchPicture, shrinkSafely }: PictureSource,
  now: Date,
): (avatar: Avatar) => Promise<Avatar> {
  const asked = new Map<string, Promise<Fetched>>();
  const down = new Map<string, string>();
  const ask = (url: string, validators: Avatar['validators']): Promise<Fetched> => {
    const key = JSON.stringify([url, validators]);
    const answer = asked.get(key) ?? fetchPicture({ url, validators });
    asked.set(key, answer);
    return answer;
  };

  /** What is new of an avatar by one of its addresses; a sentence where it leads to no picture. */
  const lookAt = async (url: string, avatar: Avatar): Promise<Partial<Avatar> | string> => {
    const isKept = avatar.hash !== null && kept.has(avatar.hash) && url === avatar.from;
    const fetched = await ask(url, isKept ? avatar.validators : {});
    switch (fetched.kind) {
      case 'not-modified':
        return {};
      case 'gone':
        return 'the server answers 410';
      case 'failed':
        if (isDown(fetched.reason)) down.set(hostOf(url), sentence(fetched.reason));
        return sentence(fetched.reason);
      case 'body': {
        const shrunk = await shrinkSafely(fetched.bytes);
        if (shrunk.kind !== 'picture') return shrunk.why;
        const hash = keep(archive, shrunk.files);
        kept.add(hash);
        return { from: url, validators: fetched.validators, hash };
      }
      default:
        return fetched satisfies never;
    }
  };

  return async (avatar) => {
    const problems: string[] = [];
    for (const url of avatar.urls) {
      const found = down.get(hostOf(url)) ?? (await lookAt(url, avatar).catch(struck));
      if (typeof found !== 'string')
        return { ...avatar, ...found, checkedAt: instant(now), settled: true, problem: null };
      problems.push(`${url}: ${found}`);
    }
    return { ...avatar, checkedAt: instant(now), settled: false, problem: problems[0] ?? null };
  };
}

/** As with a feed: a picture that strikes a bug of ours must not cost the planet its run. A disk that is full does. */
function struck(bug: unknown): string {
  if (bug instanceof Error && 'code' in bug && 'path' in bug) throw bug;
  printError(inspect(bug));
  return 'looking for it struck a bug in Orrery; please report it with the address of the picture';
}

const DOWN: ReadonlySet<FailureReason['kind']> = new Set([
  'name-not-found',
  'name-server',
  'refused',
  'unreachable',
  'no-tls',
  'certificate',
  'timed-out',
  'rate-limited',
  'bot-protection',
]);

/** Whether another picture of the same host would fare no better. */
function isDown({ kind }: FailureReason): boolean {
  return DOWN.has(kind);
}

/** Where the reason's own sentence speaks of a feed. */
function sentence(reason: FailureReason): string {
  if (reason.kind === 'status') return `the server answers ${reason.status}`;
  if (reason.kind === 'too-large') return `it is larger than ${reason.limit}`;
  return failureSentence(reason);
}

/** Writes a picture, unless the very same is there. Returns its name. */
function keep(archive: string, files: readonly Uint8Array[]): string {
  const name = hash('sha256', Buffer.concat(files)).slice(0, 20);
  mkdirSync(avatarsFolder(archive), { recursive: true });
  for (const [index, size] of AVATAR_SIZES.entries()) {
    const [path, bytes] = [avatarPath(archive, name, size), files[index] ?? new Uint8Array()];
    if (!isThere(path, bytes)) writeWhole(path, bytes);
  }
  return name;
}

function isThere(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

/** Keys in the schema's order; and no write at all where nothing changed. */
function writeAvatars(archive: string, avatars: readonly Avatar[]): void {
  const path = avatarsFile(archive);
  const bytes = Buffer.from(avatarsText(avatars.map((avatar) => Avatar.parse(avatar))));
  if (bytes.length === 0) rmSync(path, { force: true });
  else if (!isThere(path, bytes)) writeWhole(path, bytes);
}

/** After the rows are written: killed in between, a file too many stays. */
function removeReplaced(archive: string, before: readonly Avatar[], after: readonly Avatar[]): void {
  const named = new Set(after.map(({ hash }) => hash));
  for (const { hash } of before) {
    if (hash === null || named.has(hash)) continue;
    for (const size of AVATAR_SIZES) rmSync(avatarPath(archive, hash, size), { force: true });
  }
}

/** What a run that was killed left half-written. */
async function sweep(archive: string): Promise<void> {
  const names = await readdir(avatarsFolder(archive)).catch(() => []);
  for (const name of names) if (/\.webp\.\d+$/.test(name)) await rm(join(avatarsFolder(archive), name));
}
