/** One helper that templates may use. */
export interface HelperDescription {
  readonly name: string;
  readonly usage: string;
  readonly says: string;
}

/** The closed list of helpers. A template that uses another name does not compile. */
export const HELPERS: readonly HelperDescription[] = [
  {
    name: 't',
    usage: '{{t "surveys.thanks" name=contact.name count=n}}',
    says: 'a text in the reader’s language; `count` chooses the plural form',
  },
  {
    name: 'time',
    usage: '{{time iso cls="tk-when"}}',
    says: '<time> with the exact short time and the full one in its title; `long=true` prints the full one, `plain=true` only the words',
  },
  { name: 'date', usage: '{{date iso weekday=true}}', says: 'a day in words' },
  {
    name: 'number',
    usage: '{{number n digits=1 style="percent"}}',
    says: 'a number as the language writes it; percent takes a share (0.86)',
  },
  { name: 'bytes', usage: '{{bytes file.size}}', says: 'a file size' },
  { name: 'duration', usage: '{{duration seconds}}', says: 'a length of time by its two largest units' },
  {
    name: 'icon',
    usage: '{{icon "mail" cls="i-l"}}',
    says: 'an icon of the theme’s sprite, silent for screen readers',
  },
  {
    name: 'av',
    usage: '{{av person cls="av-m" named=true}}',
    says: 'initials of a presented person { name, initials?, me? }; `named` says the name to screen readers',
  },
  {
    name: 'asset',
    usage: '{{asset "agent.css"}}',
    says: 'URL of a file of the theme, or of a plugin as "owner/file"',
  },
  {
    name: 'url',
    usage: '<a href="{{url link}}">',
    says: 'a link from outside: http, https, mailto, tel or a path of this site, anything else is #',
  },
  {
    name: 'slot',
    usage: '{{slot "ticket.sidebar" wrap="ui/panel" ticketId=ticket.id}}',
    says: 'panels of plugins; the name and `wrap` are written out, arguments are paths from the data root (`ticket.id`, `@root.ticket.id`) or literals',
  },
  {
    name: 'when-can',
    usage: '{{#when-can "tickets.close"}}…{{else}}…{{/when-can}}',
    says: 'a block for those who hold the permission',
  },
  {
    name: 'unless-can',
    usage: '{{#unless-can "tickets.close"}}…{{/unless-can}}',
    says: 'a block for those who do not',
  },
  {
    name: 'kept',
    usage: '{{kept "ticket/row" this}}',
    says: 'a partial whose output depends on its data, the language and the day alone: printed once for the same data, then remembered. It and its partials may have no `csrf`, `once`, `slot`, `when-can`, `unless-can`, and nothing of `@page`, `@here`, `@theme`',
  },
  { name: 'csrf', usage: '{{csrf}}', says: 'the hidden field that every POST form carries' },
  {
    name: 'once',
    usage: '{{once}}',
    says: 'a hidden idempotency key, so that a form sent twice counts once',
  },
  {
    name: 'json',
    usage: '<script type="application/json">{{json state}}</script>',
    says: 'data for a script, only inside such an element',
  },
  { name: 'eq', usage: '{{#if (eq a b)}}', says: 'whether two values are the same' },
  { name: 'ne', usage: '{{#if (ne a b)}}', says: 'whether they differ' },
  { name: 'gt', usage: '{{#if (gt count 0)}}', says: 'whether the first number is greater' },
  { name: 'and', usage: '{{#if (and a b)}}', says: 'the first value that counts as false, else the last' },
  {
    name: 'or',
    usage: '{{or title name}}',
    says: 'the first value that counts as true, else the last; an empty list counts as false',
  },
  { name: 'not', usage: '{{#if (not a)}}', says: 'whether a value counts as false' },
  { name: 'concat', usage: '{{t (concat "ui.prio." prio)}}', says: 'values put together as text' },
  { name: 'if', usage: '{{#if a}}…{{else}}…{{/if}}', says: 'Handlebars’ own' },
  { name: 'unless', usage: '{{#unless a}}…{{/unless}}', says: 'Handlebars’ own' },
  { name: 'each', usage: '{{#each rows}}…{{else}}…{{/each}}', says: 'Handlebars’ own' },
  { name: 'with', usage: '{{#with ticket}}…{{/with}}', says: 'Handlebars’ own' },
  { name: 'lookup', usage: '{{lookup names key}}', says: 'Handlebars’ own' },
];
