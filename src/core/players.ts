/** A host whose videos play on our pages, in frames. */
interface Player {
  title: string;
  /** The hosts of its addresses, without `www.` and `m.`. */
  hosts: readonly string[];
  id: (url: URL) => string | undefined;
  /** The origin of its frames: pages allow no others. */
  origin: string;
  /** The path and query of a frame: the only part that comes from a feed. */
  embed: (id: string, url: URL) => string;
  /** The form of `embed`. */
  form: RegExp;
  /** The page of the video that `embed` names. */
  page: (embed: string) => string | undefined;
}

const PLAYERS: readonly Player[] = [
  {
    title: 'Video on YouTube',
    hosts: ['youtube.com', 'youtube-nocookie.com', 'youtu.be'],
    id: youTubeId,
    origin: 'https://www.youtube-nocookie.com',
    embed: (id, url) => `/embed/${id}${youTubeQuery(url)}`,
    form: /^\/embed\/[\w-]+(\?[\w=&-]*)?$/,
    page: youTubePage,
  },
  {
    title: 'Video on Vimeo',
    hosts: ['player.vimeo.com', 'vimeo.com'],
    id: (url) => /^\/(?:video\/)?(\d{1,12})(?:\/|$)/.exec(url.pathname)?.[1],
    origin: 'https://player.vimeo.com',
    embed: (id, url) => `/video/${id}?dnt=1${unlistedKey(url)}`,
    form: /^\/video\/\d+(\?[\w=&-]*)?$/,
    page: vimeoPage,
  },
];

/** The player of a video, from the address of its page or of a frame; null if its host has none here. */
export function playerOf(url: URL): { src: string; title: string } | null {
  const host = url.hostname.replace(/^(?:www|m)\./, '');
  for (const { hosts, id: idIn, origin, embed, title } of PLAYERS) {
    const id = hosts.includes(host) ? idIn(url) : undefined;
    if (id) return { src: origin + embed(id, url), title };
  }
  return null;
}

/** Whether an address is that of a player, as `playerOf` writes it. */
export function isPlayer(src: string): boolean {
  return PLAYERS.some(({ origin, form }) => src.startsWith(origin) && form.test(src.slice(origin.length)));
}

/** Content-Security-Policy: browsers run no script that the sanitiser missed. `hasPlayers`: the page may have players. */
export function policy(site: string, hasPlayers: boolean): string {
  // An https page does not load pictures over http anyway.
  const web = new URL(site).protocol === 'http:' ? 'https: http:' : 'https:';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // For fonts of an operator's style: feeds bring no styles.
    "font-src 'self'",
    // `data:` for drawings (src/core/svg-schema.ts): a picture cannot run scripts.
    `img-src 'self' data: ${web}`,
    `media-src 'self' ${web}`,
    ...(hasPlayers ? [`frame-src ${PLAYERS.map(({ origin }) => origin).join(' ')}`] : []),
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    // For test tools that request robots.txt from within a page.
    "connect-src 'self'",
    // The search worker. Its own policy lets Pagefind use WebAssembly and fetch its index; the pages need not allow either.
    "worker-src 'self'",
  ].join(';');
}

/** The page of a player's video, and the second where it begins; the player itself if there is none. */
export function watchPage(src: string): string {
  const player = PLAYERS.find(({ origin }) => src.startsWith(origin));
  return player?.page(src.slice(player.origin.length)) ?? src;
}

/** Words of eleven letters in the place of an id. */
const NOT_VIDEOS: ReadonlySet<string> = new Set(['videoseries', 'live_stream']);

function youTubeId(url: URL): string | undefined {
  const inPath =
    url.hostname === 'youtu.be' ? /^\/([\w-]{11})$/ : /^\/(?:embed|v|shorts|live)\/([\w-]{11})\/?(?:&.*)?$/;
  const inQuery = url.pathname === '/watch' ? /^[\w-]{11}$/.exec(url.searchParams.get('v') ?? '')?.[0] : undefined;
  const id = inPath.exec(url.pathname)?.[1] ?? inQuery;
  return id && (!NOT_VIDEOS.has(id) || (id === 'videoseries' && playlist(url) !== undefined)) ? id : undefined;
}

/** A list of videos for everybody: of a person, of a channel, or an album. */
function playlist({ searchParams }: URL): string | undefined {
  return /^(?:PL|OL|UU)[\w-]{10,60}$/.exec(searchParams.get('list') ?? '')?.[0];
}

/** Its playlist, and its beginning in seconds, also from `t=90`, `t=90s` and `t=1h2m3s`. */
function youTubeQuery(url: URL): string {
  const list = playlist(url);
  const written = url.searchParams.get('start') ?? url.searchParams.get('t') ?? '';
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d)h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?$/.exec(written) ?? [];
  const start = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  const query = [list && `list=${list}`, (start > 0 || written === '0') && `start=${start}`].filter(Boolean).join('&');
  return query && `?${query}`;
}

/** An unlisted video is only shown with its key. */
function unlistedKey(url: URL): string {
  const key = /^[\da-f]{6,20}$/.exec(url.searchParams.get('h') ?? '')?.[0];
  return key === undefined ? '' : `&h=${key}`;
}

function youTubePage(embed: string): string | undefined {
  const [, video, list, start] = /^\/embed\/([\w-]+)(?:(\?list=[\w-]+)|\?start=(\d+))?/.exec(embed) ?? [];
  if (video === 'videoseries') return `https://www.youtube.com/playlist${list ?? ''}`;
  if (list !== undefined) return `https://youtu.be/${video}${list}`;
  if (start !== undefined) return `https://youtu.be/${video}?t=${start}`;
  return video && `https://www.youtube.com/watch?v=${video}`;
}

/** An unlisted video can be seen only in its player. */
function vimeoPage(embed: string): string | undefined {
  const [, listed] = /^\/video\/(\d+)(?:\?dnt=1)?$/.exec(embed) ?? [];
  return listed && `https://vimeo.com/${listed}`;
}
