import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { outputFolder } from '../../src/archive/environment.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';
import { siteHost } from '../site/site-host.ts';

export const previewCommand = new Command('preview')
  .description('Serve the built site on this machine as a host would, with its headers, redirects, 404 page and path.')
  .option('--port <number>', 'the port; 0 for any free port', portOf, 4321)
  .option('--host <name>', 'the interface to listen on: 0.0.0.0 for the whole network', 'localhost')
  .addHelpText('after', '\n  npm run preview -- --port 8080')
  .action(preview);

async function preview({ port, host }: { port: number; host: string }): Promise<void> {
  const dist = outputFolder();
  const name = relative('.', dist) || '.';
  if (!existsSync(join(dist, 'index.html')))
    throw new OperatorError(`There is no built site in ${name}: run "npm run build" first.`);
  const { planet } = await operatorPlanet();
  const base = new URL(planet.site).pathname.replace(/\/?$/, '/');
  const server = createServer(siteHost(dist, base)).listen(port, host);
  await once(server, 'listening').catch(({ code }: NodeJS.ErrnoException) => {
    throw new OperatorError(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use: stop the other program, or choose another port with --port.`
        : `The server cannot listen on port ${port} of "${host}" (${code}): choose others with --port and --host.`,
    );
  });
  const address = server.address();
  const at = typeof address === 'object' && address !== null ? address.port : port;
  print(`http://${host.includes(':') ? `[${host}]` : host}:${at}${base} shows the site in ${name}. Ctrl+C stops it.`);
}

function portOf(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('A port is a number up to 65535.');
  return Number(text);
}
