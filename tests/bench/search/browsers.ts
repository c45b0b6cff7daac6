// Firefox and WebKitGTK of Debian, for the same questions as in Chromium: apt-get install firefox-esr webkit2gtk-driver xvfb
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A page in which scripts run. */
export interface ScriptPage extends AsyncDisposable {
  evaluate<T>(script: string): Promise<T>;
}

export const BROWSERS: Record<string, (url: string) => Promise<ScriptPage>> = {
  firefox: openFirefox,
  webkit: openWebKit,
};

/** By WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which Firefox speaks itself. */
async function openFirefox(url: string): Promise<ScriptPage> {
  const profile = await mkdtemp(join(tmpdir(), 'orrery-firefox-'));
  const firefox = spawn('firefox-esr', ['--headless', '--remote-debugging-port=0', '--profile', profile]);
  let address = '';
  for await (const line of createInterface(firefox.stderr)) {
    address = /ws:\/\/\S+/.exec(line)?.[0] ?? '';
    if (address !== '') break;
  }
  firefox.stderr.resume();
  const socket = new WebSocket(`${address}/session`);
  await once(socket, 'open');
  let id = 0;
  const tell = async (method: string, params: object) => {
    const own = ++id;
    socket.send(JSON.stringify({ id: own, method, params }));
    for (;;) {
      const [{ data }] = await once(socket, 'message');
      const answer = JSON.parse(String(data));
      if (answer.id !== own) continue;
      if (answer.type === 'error') throw new Error(`${answer.error}: ${answer.message}`);
      return answer.result;
    }
  };
  await tell('session.new', { capabilities: {} });
  const { contexts } = await tell('browsingContext.getTree', {});
  const { context } = contexts[0];
  await tell('browsingContext.navigate', { context, url, wait: 'complete' });
  return {
    async evaluate(script) {
      const expression = `(async () => JSON.stringify(await (${script})))()`;
      const { result, exceptionDetails } = await tell('script.evaluate', {
        expression,
        target: { context },
        awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return JSON.parse(result.value);
    },
    async [Symbol.asyncDispose]() {
      firefox.kill();
      await once(firefox, 'exit');
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** By WebDriver (https://www.w3.org/TR/webdriver2/). */
async function openWebKit(url: string): Promise<ScriptPage> {
  const port = 47_000 + (process.pid % 1000);
  const driver = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], { stdio: 'ignore', detached: true });
  const tell = async (path: string, body: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  for (;;) {
    const isReady = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (isReady?.ok) break;
    await new Promise((later) => setTimeout(later, 200));
  }
  const binary = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
  const { sessionId } = await tell('', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
  });
  await tell(`/${sessionId}/timeouts`, { script: 300_000 });
  await tell(`/${sessionId}/url`, { url });
  return {
    async evaluate(script) {
      const text = `const done = arguments[0]; (${script}).then((answer) => done(JSON.stringify({ answer })), (error) => done(JSON.stringify({ error: String(error) })));`;
      const { answer, error } = JSON.parse(await tell(`/${sessionId}/execute/async`, { script: text, args: [] }));
      if (error) throw new Error(error);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      if (driver.pid !== undefined) process.kill(-driver.pid);
      await once(driver, 'exit');
    },
  };
}
