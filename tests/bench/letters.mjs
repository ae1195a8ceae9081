const sentence =
  'The heater in the bedroom makes a noise since the morning, and the display shows the wrong number. ';

export function plainLetter(n) {
  return head(n, 'text/plain; charset=utf-8') + `Letter ${n}. ${sentence.repeat(78)}\r\n`;
}

export function htmlLetter(n) {
  const row =
    '<tr><td style="padding:4px;color:#333">Heater</td><td align="right"><b>1 200</b></td><td><a href="https://shop.example/x">see</a></td></tr>';
  return (
    head(n, 'text/html; charset=utf-8') +
    `<html><body><p>Letter ${n}</p><table>${row.repeat(215)}</table><p>${sentence}</p></body></html>\r\n`
  );
}

const head = (n, type) =>
  [
    `Message-ID: <bench-${n}-${Math.random()}@client.example>`,
    `From: Bench ${n} <bench${n % 500}@client.example>`,
    'To: support@desk.example',
    `Subject: Question ${n}`,
    'Date: Thu, 12 Mar 2026 09:00:00 +0000',
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    '',
    '',
  ].join('\r\n');
