/** Text with format=flowed (RFC 3676) with its soft line breaks joined, quote marks kept. */
export function unflowText(text: string, deletesSpace: boolean): string {
  const lines: string[] = [];
  let open: { depth: number; pieces: string[] } | null = null;
  for (const line of text.split('\n')) {
    const { depth, content } = readLine(line);
    const isSoft = content.endsWith(' ') && content !== '-- ';
    const piece = isSoft && deletesSpace ? content.slice(0, -1) : content;
    if (open && open.depth === depth && content !== '-- ') {
      open.pieces.push(piece);
    } else {
      if (open) lines.push(closeLine(open));
      open = { depth, pieces: [piece] };
    }
    if (!isSoft) {
      lines.push(closeLine(open));
      open = null;
    }
  }
  if (open) lines.push(closeLine(open));
  return lines.join('\n');
}

function readLine(line: string): { depth: number; content: string } {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  const rest = line.slice(depth);
  return { depth, content: rest.startsWith(' ') ? rest.slice(1) : rest };
}

function closeLine({ depth, pieces }: { depth: number; pieces: string[] }): string {
  const text = pieces.join('');
  return depth > 0 ? `${'>'.repeat(Math.min(depth, 100))} ${text}` : text;
}
