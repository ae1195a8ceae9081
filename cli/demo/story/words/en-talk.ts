import type { SmallTalk } from './words.js';

/** Greetings, reminders, notes and the like, in English. */
export const enTalk: SmallTalk = {
  greetings: ['Hello,', 'Hi,', 'Hello Warm House,', 'Dear team,', 'Dear Warm House,', 'Hi there,', ''],
  agentGreetings: ['Hello {first},', 'Hi {first},', 'Dear {first},', 'Dear {first},'],
  closings: [
    'Thanks in advance.',
    'Thank you!',
    'Looking forward to your answer.',
    'I would be grateful for a quick answer.',
    'I do hope you can help.',
    '',
    '',
  ],
  privateSignatures: ['{name}', '{firstName}', 'Kind regards,\n{name}', '{firstName}, {city}', ''],
  businessSignatures: [
    'Kind regards,\n{name}\n{role}, {org}',
    '{name}\n{org}',
    '--\n{name}, {role}\n{org}\n{site}',
  ],
  agentSignatures: ['{agent}, Warm House', 'Kind regards,\n{agent}\nWarm House', 'Your Warm House,\n{agent}'],
  nudges: [
    'Is there any news about my question?',
    'I wrote to you [yesterday|the other day] and have had no answer. What is happening with my request?',
    'A gentle reminder. [I am still waiting.|This is still open.]',
  ],
  angryNudges: [
    'Does anybody read these emails? I expect an answer and want to speak to a supervisor.',
    'This is not good enough. Two days of silence! Please pass this to a supervisor.',
  ],
  apologies: [
    'Sorry for the late answer.',
    'Apologies for keeping you waiting.',
    'Thank you for the reminder, and sorry for the silence.',
  ],
  thanks: [
    'Thank you very much, it is all [sorted|working]!',
    'Thanks for your help, {agent}!',
    'Great, thank you. [A pleasure dealing with you.|Have a good day!]',
    'All good, this can be closed. Thanks.',
  ],
  again: [
    'Sadly [it did not last|it happened again]: the same as before. Please have another look.',
    'Writing about the same thing again. [Fine yesterday, not today.|It held for two days.]',
    'Please do not close this yet: it is not solved.',
  ],
  againAnswers: [
    'I am sorry to hear that. I have opened your request again and brought in our senior engineer. You will hear from me on {visit}.',
    'I understand. We will go through it from the start; could we call you on {visit}, {window}?',
  ],
  againDone: [
    'I have checked it again with our engineer and all is well now. If not, just write; it comes straight back to me.',
    'Now it is really done. Thank you for your patience!',
  ],
  reopenNotes: [
    'Closed too early: we promised to ring back.',
    'Back to work: the paperwork is still missing.',
  ],
  notes: [
    'Called [yesterday|this morning], wants an answer by email.',
    'Please check how many {model} we have left.',
    'There was a similar case near {street}.',
    'Agreed by phone: waits until {visit}.',
    'A regular customer, offer 5 % off.',
    'Look at the photo: I do not think we fitted this.',
    'The carrier promises an answer tonight.',
    'A spare one is put aside, shelf B-12.',
  ],
  transferNotes: [
    'One for you, we only take it in.',
    'Passing it on: needs a technical answer.',
    'Looks like a return, please have a look.',
    'Wrong team, sending it on.',
  ],
  escalationNotes: [
    'Please join in: wants a supervisor.',
    'The third complaint this month, I need your word on compensation.',
  ],
  waitNotes: [
    'Waiting for a part from the factory.',
    'Waiting for the carrier, will come back to it.',
    'The customer asked us to write after the holidays.',
  ],
  urgentPrefixes: ['URGENT! ', 'Urgent: ', 'Again: '],
  noSubject: '',
  autoReplies: [
    'I am out of the office until {visit}. For anything urgent please write to our general address.',
    'Hello! I am on holiday and will answer after {visit}.',
  ],
  autoReplySubject: 'Automatic reply: {subject}',
  bounce:
    'Your message could not be delivered: the recipient’s mailbox is full (552 5.2.2 Mailbox full). We have stopped trying.',
  bounceSubject: 'Undelivered mail returned to sender',
  spam: [
    {
      subject: 'Your site in the top 3 within 7 days',
      text: 'First places in search, or your money back. Answer YES and we send a calculation.',
      sender: 'SEO Team',
      from: 'promo@seo-top.example',
    },
    {
      subject: 'You have won!',
      text: 'Your address was chosen at random. Follow the link to claim your present, 2 hours left.',
      sender: 'Lottery',
      from: 'win@prizes.example',
    },
    {
      subject: '10,000 builders with phone numbers',
      text: 'Fresh contacts, cheap. Ask for a sample.',
      sender: 'Big Base',
      from: 'sales@bigbase.example',
    },
    {
      subject: 'Business loan without security',
      text: 'Approved within an hour even with a bad history. We only need your company details.',
      sender: 'Fast Cash',
      from: 'credit@fastcash.example',
    },
  ],
  rare: 'P.S. Does the {product} come in ultramarine?',
  images: ['IMG_{card}.jpg', 'label.jpg', 'Screenshot {card}.png', 'photo_{card}.jpg'],
  papers: [
    'Company details.pdf',
    'Report_{card}.pdf',
    'Scan_{card}.pdf',
    'Contract.docx',
    'Specification.xlsx',
  ],
};
