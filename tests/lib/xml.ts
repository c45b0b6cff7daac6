import { sharedBrowser } from './browser.ts';

/** An element as a strict parser read it. */
export interface XmlNode {
  /** With its prefix, as written. */
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  /** Of it and all within. */
  text: string;
}

export type Strict = Awaited<ReturnType<typeof strictXml>>;

/** Chromium's XML parser: it stops at the first thing that XML does not allow, and throws. */
export async function strictXml() {
  const page = await (await sharedBrowser()).newPage();
  return {
    parse: (documents: readonly string[]) => page.evaluate(inBrowser, documents as string[]),
    [Symbol.asyncDispose]: () => page.close(),
  };
}

function inBrowser(documents: string[]): XmlNode[] {
  const read = (element: Element): XmlNode => ({
    name: element.nodeName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    children: [...element.children].map(read),
    text: element.textContent ?? '',
  });
  return documents.map((xml) => {
    const { documentElement } = new DOMParser().parseFromString(xml, 'application/xml');
    const error = documentElement.querySelector('parsererror');
    if (error || documentElement.nodeName === 'parsererror')
      throw new Error(`not well-formed: ${documentElement.textContent}`);
    return read(documentElement);
  });
}

export function all(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

export function textOf(node: XmlNode, name: string): string | undefined {
  return all(node, name)[0]?.text;
}
