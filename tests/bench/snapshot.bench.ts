// A planet of the size of Planet Python: 567 feeds of ten entries on loopback. Prints what a first run takes, and one in
// which every server answers "not modified", and whether that one changed a byte. Run it with `node tests/bench/snapshot.bench.ts`.
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { measure } from './measure.ts';

const feeds = 567;
const paragraph = `<p>${'The wheel turns and the little planets move. '.repeat(40)}</p>`;

const blog = (feed: number) =>
  rss(
    Array.from({ length: 10 }, (_, i) => ({
      title: `Post ${i}`,
      link: `https://blog${feed}.example/${i}`,
      date: new Date(Date.UTC(2025, i, 1 + (feed % 27))).toUTCString(),
      html: paragraph.repeat(3),
    })),
  );

await using server = await serveFeeds({});
for (let feed = 0; feed < feeds; feed++) {
  const body = blog(feed);
  server.answers[`/${feed}`] = (request, response) => {
    if (request.headers['if-none-match'] === `"${feed}"`) response.writeHead(304).end();
    else response.writeHead(200, { etag: `"${feed}"` }).end(body);
  };
}
const urls = Array.from({ length: feeds }, (_, feed) => [`blog-${feed}`, server.url(`/${feed}`)] as const);
await using folder = await aFolder(planetYaml(Object.fromEntries(urls)));

async function snapshot(what: string): Promise<string> {
  const env = { PLANET_CONTENT: folder.path, PLANET_ALLOW_PRIVATE: server.host };
  const { wall, cpu, peak, stdout } = await measure(process.execPath, ['scripts/snapshot.ts'], env);
  const usage = `${wall.toFixed(1)} s, ${cpu.toFixed(1)} CPU s, ${peak.toFixed(0)} MB`;
  console.log(`${what.padEnd(22)} ${usage}; ${stdout.trimEnd().split('\n').at(-1)}`);
  return JSON.stringify(await folder.archive());
}

const first = await snapshot('first run');
const second = await snapshot('nothing has changed');
console.log(first === second ? 'no archive byte changed' : 'THE ARCHIVE CHANGED');
