import type { TopicWords } from './words.js';

const complaintSteps = [
  [
    'I am very sorry. This is not the service you paid for. Please send photos; I will speak to the team leader today and come back with a solution.',
    'Please accept our apologies. I have asked for the records of {bought}. Do you have photos of how it looks now?',
  ],
  [
    'Photos attached. [I expect a definite date.|I count on you.]',
    'Here are the pictures. I want it put right by {visit}.',
  ],
  [
    'Thank you. Here is what we will do: an engineer comes on {visit}, {window}, and puts everything right at our expense, and we refund {sum}. We have spoken to the team. Is that acceptable?',
    'It is our fault. On {visit} we replace the {product} and refund {sum} for delivery. Do you agree?',
  ],
  [
    'It is, if [you do not move it again|another engineer comes|the money is back by Friday].',
    'Fine. Let us see how you do it.',
  ],
  [
    '@It is done: the work is signed off and {sum} is on its way to your card. Thank you for telling us instead of just leaving.',
    '@Everything is put right and the money is on its way. We went through the case with the team, so that it does not happen again.',
  ],
];

/** Complaints, in English: whatever went wrong, they are settled the same way. */
export const enComplaint: TopicWords = {
  scenarios: [
    {
      subjects: [
        'Complaint about the [fitters|quality of work|service]',
        'Claim about the work on {bought}',
        'Badly fitted, {street}',
      ],
      asks: [
        'On {bought} your fitters installed the {product}. [They left a hole in the wallpaper.|It hangs crooked.|They left a mess.] Nobody picks up the phone. I expect repairs and an apology.',
      ],
      steps: complaintSteps,
    },
    {
      subjects: [
        'Claim: {product}',
        'The {product} was [damaged|broken|scratched] on delivery',
        'Complaint about the courier',
      ],
      asks: [
        'The courier brought the {product} with [a smashed corner|a dent along the side|a cracked panel] and hurried me to sign. Serial number {serial}. This is unacceptable!',
      ],
      steps: complaintSteps,
    },
    {
      subjects: [
        'Unhappy with the service',
        'I want [a replacement|my money back|an answer from a supervisor]',
        'Writing for the third time [about the same thing|with no result]',
      ],
      asks: [
        'I am writing for the third time: the {product} is still not fixed and visits keep moving. [I have lost patience.|Trading Standards is my next step.] I expect an answer from a supervisor.',
      ],
      steps: complaintSteps,
    },
  ],
};
