import { z } from 'astro/zod';

const inFolder = '(?![\\\\/])(?![a-zA-Z]:)(?!(.*[\\\\/])?\\.\\.([\\\\/]|$)).';

/** Patterns for the JSON Schema. They accept every value that the checks below accept, and some more. */
export const patterns = {
  webAddress: '^[hH][tT][tT][pP][sS]?://[^/?#]',
  secureAddress: '^[hH][tT][tT][pP][sS]://[^/?#]',
  text: '\\S',
  inFolder: `^${inFolder}`,
  feedAddress: `^([hH][tT][tT][pP][sS]?://[^/?#]|(?![a-zA-Z][a-zA-Z0-9+.-]*:)${inFolder})`,
};

export const addressValue = z
  .string()
  .refine(isWebAddress, 'is not an address; write it in full: https://example.org/')
  .meta({ pattern: patterns.webAddress });

export const siteValue = addressValue
  .refine((url) => !/[?#]/.test(url), 'has a ? or #; write the address up to there')
  // Astro decodes addresses and joins slashes, and then does not know the pages of such a folder.
  .refine(
    (url) => !/%|\/\//.test(URL.parse(url)?.pathname ?? ''),
    'has a folder that no page can be built for; name it with letters from a to z, digits, hyphens and single slashes',
  )
  // As browsers write it: feeds accept no other letters than ASCII, and stored links have this form.
  .overwrite((url) => URL.parse(url)?.href ?? url);

export const languageValue = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'is not a language as HTML writes it: en, pt-BR, zh-Hant');

export const textValue = z.string().trim().min(1, 'is empty; write some text').meta({ pattern: patterns.text });

/** Other names of three letters are ICU's, and not what people expect: `BST` is Bangladesh, `AST` Alaska. */
const THREE_LETTERS = /^(?!CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)[a-z]{3}$/i;

export function isTimezone(zone: string): boolean {
  if (THREE_LETTERS.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Whether a browser can open it: http or https, with a host. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^/?#]/i.test(url) && URL.canParse(url);
}

/** A web address, or the path of a file inside the operator's folder. */
export function isFeedAddress(url: string): boolean {
  return isOnWeb(url) ? isWebAddress(url) : isInFolder(url);
}

function isInFolder(path: string): boolean {
  return path !== '' && !/^[\\/]|^[a-z]:/i.test(path) && !path.split(/[\\/]/).includes('..');
}

/** File endings of pictures that every browser can show. */
export const PICTURES = ['.avif', '.gif', '.jpeg', '.jpg', '.png', '.svg', '.webp'] as const;

/** Whether a setting is an address on the web, and not a file of the folder. */
export function isOnWeb(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(address);
}

/** A picture: an address that the snapshot fetches, or the path of a file inside the operator's folder. */
export const avatarValue = z
  .string()
  .refine(
    isFeedAddress,
    'is not a path in this folder; write it like avatars/ada.png, or an address in full: https://example.org/ada.png',
  )
  .refine(
    (value) => isOnWeb(value) || PICTURES.some((ending) => value.toLowerCase().endsWith(ending)),
    'is not a picture; use a file that ends in .png, .jpg, .webp, .avif, .gif or .svg',
  )
  .meta({ pattern: patterns.feedAddress });

export function refuseTwice(languages: readonly unknown[], ctx: z.RefinementCtx): void {
  const places = languages.map((language, index): Place => ({ value: lowered(language), path: [index] }));
  refuseRepeats(places, ctx, () => 'is in the list already');
}

export function refuseSharedIds(
  feeds: readonly ({ id?: unknown; url?: unknown } | null)[],
  ctx: z.RefinementCtx,
): void {
  for (const key of ['id', 'url'] as const) {
    const places = feeds.map((feed, index): Place => ({ value: feed?.[key], path: [index, key] }));
    refuseRepeats(places, ctx, (first) => `feeds[${first}] has the same value; each feed needs its own`);
  }
}

export function refuseSharedNames(
  authors: readonly ({ name?: unknown; aliases?: unknown } | null)[],
  ctx: z.RefinementCtx,
): void {
  const places = authors.flatMap((author, index): Place[] => {
    const aliases = Array.isArray(author?.aliases) ? author.aliases : [];
    const others = aliases.map((alias, at): Place => ({ value: lowered(alias), path: [index, 'aliases', at] }));
    return [{ value: lowered(author?.name), path: [index, 'name'] }, ...others];
  });
  refuseRepeats(places, ctx, (first) => `is a name of authors[${first}] too`);
}

/** A value in a list, and its path, which begins with the index of the item. */
type Place = { value: unknown; path: [index: number, ...keys: PropertyKey[]] };

function refuseRepeats(places: readonly Place[], ctx: z.RefinementCtx, message: (first: number) => string): void {
  const owners = new Map<string, number>();
  for (const { value, path } of places) {
    if (typeof value !== 'string') continue;
    const first = owners.get(value);
    if (first === undefined) owners.set(value, path[0]);
    else if (first !== path[0]) ctx.addIssue({ code: 'custom', path, message: message(first) });
  }
}

function lowered(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
