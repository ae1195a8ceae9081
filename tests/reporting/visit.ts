import { createCsvParser, signIn, unguardFormula } from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';

/** Reads pages as somebody who is signed in. */
export async function visitAs(desk: TestDesk, account: { email: string; password: string } = desk.owner) {
  const session = await signIn(desk.app, { ...account, ip: '127.0.0.1', device: 'test' });
  if (!session.ok) throw new Error(session.because);
  const headers = { cookie: `hd=${session.token}`, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  return (path: string): Promise<Response> => fetch(new URL(path, desk.url), { redirect: 'manual', headers });
}

export type CsvRow = Readonly<Record<string, string>>;

/** A CSV file as records by the names of its columns. */
export function readCsv(text: string): CsvRow[] {
  const parser = createCsvParser(',');
  const records = [...parser.push(text.replace(/^\uFEFF/, '')), ...parser.end()].map(({ cells }) => cells);
  const [head = [], ...rows] = records;
  return rows.map((cells) =>
    Object.fromEntries(head.map((name, i) => [name, unguardFormula(cells[i] ?? '')])),
  );
}

const plain = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();

/** The rows of the table with this caption: the words of their heads and cells. */
export function readTable(html: string, caption: string): string[][] {
  const tables = html.match(/<table class="table"><caption class="sr">.*?<\/table>/gs) ?? [];
  const table = tables.find(
    (one) => plain(/<caption[^>]*>(.*?)<\/caption>/s.exec(one)?.[1] ?? '') === caption,
  );
  if (!table) throw new Error(`there is no table "${caption}"`);
  return readRows(table);
}

/** The rows of the table behind a chart. */
export function readChart(html: string, id: string): string[][] {
  const section = new RegExp(`<section[^>]*aria-labelledby="${id}".*?</section>`, 's').exec(html)?.[0];
  if (!section) throw new Error(`there is no chart "${id}"`);
  return readRows(section);
}

function readRows(table: string): string[][] {
  const body = /<tbody>(.*?)<\/tbody>/s.exec(table)?.[1] ?? '';
  return (body.match(/<tr>.*?<\/tr>/gs) ?? []).map((row) =>
    (row.match(/<t[hd][^>]*>.*?<\/t[hd]>/gs) ?? []).map(plain),
  );
}

/** The large figures of a page by their names. */
export function readKpis(html: string): Record<string, string> {
  const found = html.matchAll(/<dl class="kpi"><dt>(.*?)<\/dt><dd class="v">(.*?)<\/dd>/gs);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [plain(name), plain(value)]));
}
