import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { inspect } from 'node:util';
import { avatarPath, avatarsFile, storedPictures } from '../../../src/archive/read-avatars.ts';
import { AVATAR_SIZES, avatarsText } from '../../../src/core/avatar-files.ts';
import { Avatar } from '../../../src/core/avatars.ts';
import { instant } from '../../../src/core/dates.ts';
import { compareText } from '../../../src/core/text.ts';
import { isSystemError, printError } from '../../cli.ts';
import { writeIfChanged } from '../../disk/files.ts';
import type { Limits } from '../fetch/limits.ts';
import { OF_HOST } from '../fetch/request.ts';
import type { Fetched } from '../fetch/response.ts';
import { type FailureReason, failureSentence } from '../outcome.ts';
import { DAY, JITTER, runPerHost } from '../schedule.ts';
import type { Shrunk } from './shrink.ts';

export interface PictureSource {
  fetchPicture(request: { url: string; validators: Avatar['validators'] }): Promise<Fetched>;
  shrinkInWorker(bytes: Uint8Array): Promise<Shrunk>;
}

/** Lower than for feeds: a picture is small, and a run does not wait long for one. */
export const PICTURE_LIMITS: Partial<Limits> = { deadline: 10_000, connect: 5_000, headers: 8_000, body: 200 * 1024 };

/** The most pictures of one run. The next run checks the others: those first that wait longest. */
const MOST_PICTURES = 200;

/** Milliseconds, after which no further picture is checked: 200 slow ones of one host would take half an hour. */
const CHECKING_TIME_MS = 3 * 60_000;

export interface AvatarReport {
  checked: number;
  /** New pictures, and pictures that differ from the kept ones. */
  changed: number;
  failed: { of: string; reason: string }[];
  /** Why no picture could be checked; null where pictures were checked. */
  note: string | null;
}

/** Fetches due pictures, except those of feeds that are `gone`; null if none was due. No picture fails a run: its problem is stored, and the last stays. */
export async function refreshAvatars(
  archive: string,
  { existing, wanted, gone }: Record<'existing' | 'wanted', readonly Avatar[]> & { gone?: ReadonlySet<string | null> },
  source: PictureSource,
  now: Date,
  time = CHECKING_TIME_MS,
): Promise<AvatarReport | null> {
  const began = performance.now();
  const kept = await storedPictures(archive);
  const due = wanted
    .filter((avatar) => !gone?.has(avatar.feed) && isDue(avatar, kept, now))
    .sort((a, b) => compareText(a.checkedAt ?? '', b.checkedAt ?? ''))
    .slice(0, MOST_PICTURES);
  const note = due.length === 0 ? null : await missingTool(source);
  const check = avatarChecker(archive, kept, source, now);
  const checkedAvatars = new Map<Avatar, Avatar>();
  const checkInTime = async (avatar: Avatar): Promise<void> => {
    if (performance.now() - began < time) checkedAvatars.set(avatar, await check(avatar));
  };
  if (note === null) await runPerHost(due, ({ urls: [url = ''] }) => hostWithPort(url), checkInTime);
  const next = wanted.map((avatar) => checkedAvatars.get(avatar) ?? avatar);
  const text = avatarsText(next.map((avatar) => Avatar.parse(avatar)));
  if (text === '') rmSync(avatarsFile(archive), { force: true });
  else writeIfChanged(avatarsFile(archive), text);
  removeReplaced(archive, existing, next);
  if (due.length === 0) return null;
  const checked = [...checkedAvatars.values()];
  const changed = [...checkedAvatars].filter(([before, after]) => after.hash !== before.hash).length;
  const failed = checked.flatMap(({ feed, author, problem }) =>
    problem === null ? [] : [{ of: author ?? feed ?? '', reason: problem }],
  );
  return { checked: checked.length, changed, failed, note };
}

/** Whether to check a picture: once a week, and once a day where it failed or has another address. */
function isDue({ checkedAt, settled, hash }: Avatar, kept: ReadonlySet<string>, now: Date): boolean {
  if (checkedAt === null || (hash !== null && !kept.has(hash))) return true;
  const age = now.getTime() - Date.parse(checkedAt);
  // A check in the future was by a wrong clock.
  return age < 0 || age > (settled ? 7 * DAY : DAY) - JITTER;
}

/** The sentence for a machine that cannot shrink pictures; else null. Asked first, so that no picture is fetched for nothing. */
async function missingTool({ shrinkInWorker }: PictureSource): Promise<string | null> {
  const tried = await shrinkInWorker(new Uint8Array());
  return tried.kind === 'no-sharp' ? tried.reason : null;
}

function hostWithPort(url: string): string {
  return URL.parse(url)?.host ?? '';
}

/** Returns a function that checks one avatar. In a run it requests each address once, and no further picture of a host that is down. */
function avatarChecker(
  archive: string,
  kept: Set<string>,
  { fetchPicture, shrinkInWorker }: PictureSource,
  now: Date,
): (avatar: Avatar) => Promise<Avatar> {
  const requested = new Map<string, Promise<Fetched>>();
  const down = new Map<string, string>();

  /** The new fields of an avatar from one of its addresses; a sentence if the address has no picture. */
  const checkAt = async (url: string, avatar: Avatar): Promise<Partial<Avatar> | string> => {
    const isKept = avatar.hash !== null && kept.has(avatar.hash) && url === avatar.from;
    const validators = isKept ? avatar.validators : {};
    const key = JSON.stringify([url, validators]);
    const answer = requested.get(key) ?? fetchPicture({ url, validators });
    requested.set(key, answer);
    const fetched = await answer;
    switch (fetched.kind) {
      case 'not-modified':
        return {};
      case 'gone':
        return GONE;
      case 'failed': {
        const problem = sentence(fetched.reason);
        if (DOWN.has(fetched.reason.kind)) down.set(hostWithPort(url), problem);
        return problem;
      }
      case 'body': {
        const shrunk = await shrinkInWorker(fetched.bytes);
        if (shrunk.kind !== 'picture') return shrunk.reason;
        const name = storeFiles(archive, shrunk.files);
        kept.add(name);
        return { from: url, validators: fetched.validators, hash: name };
      }
      default:
        return fetched satisfies never;
    }
  };

  return async (avatar) => {
    const problems: string[] = [];
    for (const url of avatar.urls) {
      const found = down.get(hostWithPort(url)) ?? (await checkAt(url, avatar).catch(problemOfBug));
      if (typeof found !== 'string')
        return { ...avatar, ...found, checkedAt: instant(now), settled: true, problem: null };
      problems.push(`${url}: ${found}`);
    }
    // Some servers refuse every conditional request.
    return { ...avatar, validators: {}, checkedAt: instant(now), settled: false, problem: problems[0] ?? null };
  };
}

/** Why an address gives no picture, in a sentence; null if it gives one, or if this machine cannot tell. */
export async function pictureProblem(url: string, source: PictureSource): Promise<string | null> {
  const fetched = await source.fetchPicture({ url, validators: {} });
  if (fetched.kind === 'failed') return sentence(fetched.reason);
  if (fetched.kind === 'gone') return GONE;
  const shrunk = fetched.kind === 'body' ? await source.shrinkInWorker(fetched.bytes) : null;
  return shrunk?.kind === 'refused' ? shrunk.reason : null;
}

const GONE = 'the server answers 410';

/** As for a feed, a bug of ours must not end the run. A full disk ends it. */
function problemOfBug(bug: unknown): string {
  if (isSystemError(bug)) throw bug;
  printError(inspect(bug));
  return 'a bug in Orrery stopped the check; please report it with the address of the picture';
}

/** Failures that another picture of the same host would have too. */
const DOWN: ReadonlySet<FailureReason['kind']> = new Set([...OF_HOST, 'rate-limited', 'bot-protection']);

/** `failureSentence` without its advice for feeds. */
function sentence(reason: FailureReason): string {
  if (reason.kind === 'status') return `the server answers ${reason.status}`;
  if (reason.kind === 'too-large') return `it is larger than ${reason.limit}`;
  return failureSentence(reason);
}

/** Writes the files of a picture, and returns their name. */
function storeFiles(archive: string, files: readonly Uint8Array[]): string {
  const name = hash('sha256', Buffer.concat(files)).slice(0, 20);
  for (const [index, size] of AVATAR_SIZES.entries())
    writeIfChanged(avatarPath(archive, name, size), files[index] ?? new Uint8Array());
  return name;
}

/** Called after the rows are written: a run that is killed in between leaves a file too many, and loses none. */
function removeReplaced(archive: string, before: readonly Avatar[], after: readonly Avatar[]): void {
  const named = new Set(after.map(({ hash }) => hash));
  for (const { hash } of before) {
    if (hash === null || named.has(hash)) continue;
    for (const size of AVATAR_SIZES) rmSync(avatarPath(archive, hash, size), { force: true });
  }
}
