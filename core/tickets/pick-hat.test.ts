import { describe, expect, it } from 'vitest';
import { pickHat, type HatCase, type HatClues, type WornHat } from './pick-hat.js';
import { plainSubject } from './plain-subject.js';

const me: WornHat = { id: 1, organizationId: null, organization: null, domain: null };
const employee: WornHat = { id: 2, organizationId: 20, organization: 'Firm', domain: 'firm.example' };
const director: WornHat = { id: 3, organizationId: 30, organization: 'Bank', domain: 'bank.example' };
const noDomain: WornHat = { id: 4, organizationId: 40, organization: 'Club', domain: null };

const nothing: Omit<HatClues, 'hats'> = {
  identifier: { value: 'ivan@elsewhere.example', label: null, membershipId: null },
  line: { id: 1, name: 'Support', audience: null },
  channel: 'email',
  subject: 'Boiler',
  cases: [],
};
const from = (value: string, more: Partial<HatClues['identifier']> = {}) => ({
  identifier: { value, label: null, membershipId: null, ...more },
});
const line = (audience: string | null) => ({ line: { id: 1, name: 'Companies', audience } });
const ticket = (more: Partial<HatCase>): HatCase => ({
  number: 1001,
  subject: 'Something',
  channel: 'phone',
  lineId: 9,
  isOpen: false,
  membershipId: null,
  organizationId: null,
  isOwn: true,
  ...more,
});
const inHat = ({ id, organizationId }: WornHat, more: Partial<HatCase> = {}) =>
  ticket({ membershipId: id, organizationId, ...more });
const colleague = ({ organizationId }: WornHat, more: Partial<HatCase> = {}) =>
  ticket({ membershipId: 99, organizationId, isOwn: false, isOpen: true, ...more });

type Case = [says: string, hats: WornHat[], clues: Partial<HatClues>, id: number | null, reason?: string];
const both = [me, employee];
const all = [me, employee, director];

const cases: Case[] = [
  ['nobody without a hat', [], {}, null],
  ['the only hat, whatever else is said', [me], from('ivan@firm.example'), 1, 'only'],
  ['nothing known', both, {}, null],
  ['the hat of the number', both, from('+79125550101', { membershipId: 2 }), 2, 'identity'],
  ['the hat of the number before the line', both, { ...from('+7', { membershipId: 1 }), ...line('organizations') }, 1, 'identity'],
  ['a hat of the number that has ended', both, from('+7', { membershipId: 77 }), null],
  ['the domain of the organization', both, from('ivan@firm.example'), 2, 'domain'],
  ['the domain in capitals', both, from('Ivan@FIRM.Example'), 2, 'domain'],
  ['a host below the domain', both, from('ivan@mail.firm.example'), 2, 'domain'],
  ['a domain that only ends alike', both, from('ivan@notfirm.example'), null],
  ['the domain before the line', both, { ...from('ivan@firm.example'), ...line('people') }, 2, 'domain'],
  ['one of two organizations by domain', all, from('ivan@bank.example'), 3, 'domain'],
  ['a public domain that an organization claims', [me, { ...employee, domain: 'gmail.com' }], from('i@gmail.com'), 1, 'publicDomain'],
  ['a phone marked as work', both, from('+79125550101', { label: 'Work' }), 2, 'label'],
  ['a phone marked as work, in Russian', both, from('+79125550101', { label: 'рабочий' }), 2, 'label'],
  ['a phone marked as home', both, from('+79125550101', { label: 'домашний' }), 1, 'label'],
  ['a label that says nothing', both, from('+79125550101', { label: 'mobile' }), null],
  ['work, in two organizations', all, from('+79125550101', { label: 'work' }), null],
  ['a line for organizations', both, line('organizations'), 2, 'lineOrganizations'],
  ['a line for private people', both, line('people'), 1, 'linePeople'],
  ['a line for organizations, two of them', all, line('organizations'), null],
  ['a line for private people who has no such hat', [employee, director], line('people'), null],
  ['a line leaves two, an earlier ticket one', all, { ...line('organizations'), cases: [inHat(me, { lineId: 1 }), inHat(director)] }, 3, 'latest'],
  ['the channel', both, { cases: [inHat(employee, { channel: 'email' }), inHat(me, { channel: 'chat' })] }, 2, 'channel'],
  ['a channel used in both hats', both, { cases: [inHat(employee, { channel: 'email' }), inHat(me, { channel: 'email' })] }, 2, 'latest'],
  ['a channel of which a ticket has no hat', both, { cases: [ticket({ channel: 'email' })] }, null],
  ['an open case of the same subject', both, { subject: 'RE: Fwd:  boiler', cases: [inHat(me, { isOpen: true }), inHat(employee, { subject: 'Boiler', isOpen: true, number: 7 })] }, 2, 'openCase'],
  ['a solved case of the same subject', both, { cases: [inHat(employee, { subject: 'Boiler' })] }, 2, 'latest'],
  ['an open case of a colleague', both, { cases: [colleague(employee, { subject: 'Re: Boiler' })] }, 2, 'openCaseOfColleague'],
  ['an open case of a colleague about something else', both, { cases: [colleague(employee)] }, null],
  ['an empty subject is no subject', both, { subject: 'Re:', cases: [colleague(employee, { subject: 'Fwd:' })] }, null],
  ['open cases of one hat', both, { cases: [inHat(me), inHat(employee, { isOpen: true })] }, 2, 'openCases'],
  ['open cases of two hats', both, { cases: [inHat(me, { isOpen: true }), inHat(employee, { isOpen: true })] }, 1, 'latest'],
  ['an address of a public domain', both, from('ivan@gmail.com'), 1, 'publicDomain'],
  ['a line for organizations before the public domain', both, { ...from('ivan@mail.ru'), ...line('organizations') }, 2, 'lineOrganizations'],
  ['the latest on this line before a later one elsewhere', both, { cases: [inHat(me), inHat(employee, { lineId: 1 })] }, 2, 'latest'],
  ['the latest on any line', [employee, noDomain], { cases: [inHat(noDomain), inHat(employee)] }, 4, 'latest'],
  ['a hat that has ended is not worn again', both, { cases: [ticket({ membershipId: 77, lineId: 1 })] }, null],
]; // prettier-ignore

describe('the hat in which somebody writes', () => {
  it.each(cases)('%s', (_, hats, clues, id, reason) => {
    const picked = pickHat({ ...nothing, hats, ...clues });
    expect(picked?.id ?? null).toBe(id);
    expect(picked?.reason).toBe(reason && `core.hat.${reason}`);
  });

  it('comes with the values of its reason', () => {
    const say = (hats: WornHat[], clues: Partial<HatClues>) =>
      pickHat({ ...nothing, hats, ...clues })?.values;
    expect(say(both, from('ivan@firm.example'))).toEqual({ domain: 'firm.example' });
    expect(say(both, line('organizations'))).toEqual({ line: 'Companies' });
    expect(say(both, { cases: [inHat(me, { number: 42 })] })).toEqual({ number: 42 });
    expect(say(both, from('+79125550101', { label: 'work' }))).toEqual({ label: 'work' });
  });
});

describe('a subject', () => {
  it.each([
    ['Boiler', 'boiler'],
    ['Re: Re[2]: FW:  The   boiler ', 'the boiler'],
    ['Отв: Пер: Котёл', 'котёл'],
    ['[Firm #12] Re: Boiler', 'boiler'],
    ['Re:', ''],
    ['Regarding: the boiler', 'regarding: the boiler'],
    [null, ''],
  ])('%s is compared as "%s"', (subject, plain) => {
    expect(plainSubject(subject)).toBe(plain);
  });
});
