import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { OperatorError } from '../../src/operator-error.ts';
import { outputFolder } from '../../src/root.ts';
import { print } from '../print.ts';
import { ownPlanet } from './own-planet.ts';
import { siteHost } from './preview/site-host.ts';

export const previewCommand = new Command('preview')
  .description(
    'Serve the built site on this machine as a host would: its headers, redirects and 404 page, below its path.',
  )
  .option('--port <number>', 'the port; 0 for any that is free', portOf, 4321)
  .option('--host <name>', 'whose requests are answered: 0.0.0.0 for the whole network', 'localhost')
  .addHelpText('after', '\n  npm run preview -- --port 8080')
  .action(preview);

async function preview({ port, host }: { port: number; host: string }): Promise<void> {
  const dist = outputFolder();
  const name = relative('.', dist) || '.';
  if (!existsSync(join(dist, 'index.html')))
    throw new OperatorError(`There is no built site in ${name}: run "npm run build" first.`);
  const { planet } = await ownPlanet();
  const base = new URL(planet.site).pathname.replace(/\/?$/, '/');

  const server = createServer(siteHost(dist, base)).listen(port, host);
  await once(server, 'listening').catch(({ code }: NodeJS.ErrnoException) => {
    throw new OperatorError(
      code === 'EADDRINUSE'
        ? `Port ${port} is taken: end what listens there, or choose another one with --port.`
        : `Nothing can listen at port ${port} of "${host}" (${code}): choose others with --port and --host.`,
    );
  });
  const address = server.address();
  const at = typeof address === 'object' && address !== null ? address.port : port;
  print(`http://${host.includes(':') ? `[${host}]` : host}:${at}${base} shows the site in ${name}. Ctrl+C ends it.`);
}

function portOf(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('A port is a number up to 65535.');
  return Number(text);
}
