/** Elements that hold nothing, and those that the next of their kind closes: an unclosed run of them is no nesting. */
const NOT_COUNTED = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr ' +
    'p li dt dd option optgroup tr td th thead tbody tfoot'
  ).split(' '),
);

const TAG = /<(\/?)([a-z][a-z0-9:-]{0,40})/gi;

/**
 * Whether elements stand in each other more than `depth` deep. HTML parsers need time that grows with the square
 * of the nesting; this takes one look at each tag.
 */
export function isNestedDeeper(html: string, depth: number): boolean {
  let open = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    if (NOT_COUNTED.has(name.toLowerCase())) continue;
    open = slash === '' ? open + 1 : Math.max(open - 1, 0);
    if (open > depth) return true;
  }
  return false;
}
