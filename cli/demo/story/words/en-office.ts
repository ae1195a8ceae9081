import type { TopicKey, Topics } from './words.js';

/** Topics around advice, papers and parts, in English. */
export const enOffice: Pick<Topics, Extract<TopicKey, 'choosing' | 'warranty' | 'documents' | 'parts'>> = {
  choosing: {
    scenarios: [
      {
        subjects: [
          'Which [heater|convector|one] [for a nursery|for a cottage|for {area} m²]?',
          'Is the {product} enough for {area} m²?',
          '{model} or something stronger?',
          'Question about the {model}',
          'Choosing a heater [for a house|for a flat|for a cottage]',
        ],
        asks: [
          'Is the {product} enough for a room of {area} m²? [The ceilings are three metres high.|It is a corner room with two windows.|It is an old brick house.] And do I need a separate thermostat?',
          'I am choosing something [for a nursery|for a cottage|for a study], {area} m², and looking at the {model}. [It has to be quiet.|It should not dry the air.|I need a timer.] What do you recommend?',
        ],
        steps: [
          [
            'For {area} m² the {model} will do, unless the windows are old. How high are the ceilings, and are there outside walls?',
            'The {product} is made for just that size, and a thermostat is built in. Will it hang on the wall or stand on feet?',
          ],
          [
            'The ceilings are [2.5|2.7|3] metres, one outside wall. [It goes on the wall.|On feet, I think.]',
            '[On the wall|On feet], one for the room. How long is the guarantee?',
          ],
          [
            'Then the {model} is a safe choice: there is power to spare even in frost. Five years of guarantee, and it is in stock.',
            'A good choice. The {model} is in stock, guaranteed for five years, and reaches {city} in {days:day|days}.',
          ],
        ],
      },
      {
        subjects: [
          'Is the {product} in stock?',
          'Can the {product} go [in a bathroom|in a timber house|next to a sofa]?',
        ],
        asks: [
          'Is the {product} in stock? The site says “ask us”. [I need it by the weekend.|I need two.] I live in {city}.',
          'May the {product} be used [in a bathroom|in a timber house|in a garage]? [My husband says no.|The manual does not say.]',
        ],
        steps: [
          [
            'Yes to both: the {model} is IP24 rated, and the {city} warehouse has {few:unit|units}. Shall I put one aside?',
            'I asked the warehouse and our engineers: {few:unit|units} in stock, and the only limit is 60 cm from water.',
          ],
        ],
      },
    ],
  },
  warranty: {
    scenarios: [
      {
        subjects: [
          'Guarantee: {product}',
          'Repair under guarantee, serial number {serial}',
          '[Repair|Replacement|Diagnosis] under guarantee — {model}',
          '{product} broken, still under guarantee',
        ],
        asks: [
          'I bought the {product} on {bought}, serial number {serial}. [The casing has cracked.|It does not hold the temperature.|The buttons do not respond.] I would like it repaired under guarantee. Where do I take it?',
          'Please repair the {product}, {serial}, under guarantee. [I have the card.|I have no card, only a receipt.] I can send photos of the damage.',
        ],
        steps: [
          [
            'I have checked, {serial} is under guarantee. Please send a photo of the label and the receipt; a courier will collect it on {visit}, {window}.',
            'We will take it. The card is not needed, the serial number is enough. Please send a photo of the fault, so that we bring the right part.',
          ],
          [
            'Photos attached. [I expect the courier on {visit}.|The receipt turned up as well.]',
            'All attached. {serial} is visible in the third picture.',
          ],
          [
            '@It is in for repair, which takes {days:day|days}. We will write as soon as the {model} is ready.',
            '@We have {serial}. If the repair takes more than 14 days, you get a new one.',
          ],
          [
            'Thanks. [Is there a loan unit?|I will wait.]',
            'All right. [I hope it is back sooner.|Thanks for being quick.]',
          ],
          [
            '@The repair is done: a new board, and the {model} ran for a day on the bench. The courier brings it on {visit}, {window}.',
            '@Ready! It works and comes back on {visit}. The guarantee is extended by the time of repair.',
          ],
        ],
      },
      {
        subjects: [
          'Guarantee card [lost|not filled in|missing from the box]',
          'How long is the {model} guaranteed?',
        ],
        asks: [
          'I have lost the guarantee card of the {product}. Serial number {serial}, bought on {bought}. Is the guarantee gone?',
        ],
        steps: [
          [
            'It is not: we go by the serial number. {serial} is under guarantee, and an electronic card is attached.',
          ],
        ],
      },
    ],
  },
  documents: {
    scenarios: [
      {
        subjects: [
          'Statement of account for {month}',
          '[Statement|Delivery notes|VAT invoice] for {month}, {org}',
          'Missing original [of the report|of the delivery note|of invoice {invoice}]',
          'Electronic invoices for {org}',
        ],
        asks: [
          'Please send the paperwork for {month} under contract {contract}, {org}. [By email, please.|Originals by post.] Our books say {sum}.',
          '{org} needs a statement of account for {month}. Invoice {invoice} differs by {sum}. Please check.',
        ],
        steps: [
          [
            'The papers for {month} under contract {contract} are attached. Originals leave on {visit}. Is your VAT number unchanged?',
            'Checked: invoice {invoice} is {sum} in our books too. The statement is attached; please sign and return a scan.',
          ],
          [
            'Our details are unchanged. [Thanks!|Signed, scan attached.]',
            'It all adds up, [signed|passed to the director]. Thank you.',
          ],
          ['Received, thank you. {month} is closed.', 'Noted, the original leaves on {visit}.'],
        ],
      },
      {
        subjects: ['Certificate for the {model}', 'Data sheet and manual: {model}'],
        asks: [
          'We need the certificate and data sheet of the {model} [for a fire inspection|for the managing agent|for a project]. Electronic copies are fine.',
        ],
        steps: [
          [
            'All you asked for is attached; I have checked dates and stamps. If you need paper copies, we post them on {visit}.',
          ],
        ],
      },
      {
        subjects: [
          'Invoice {invoice}: [wrong details|new one needed]',
          'Please reissue invoice {invoice}, {org}',
        ],
        asks: [
          'Invoice {invoice} has the wrong [VAT number|company number|address]. Please reissue it to {org}.',
        ],
        steps: [['Corrected, the new document is attached. Please do not use the earlier one.']],
      },
    ],
  },
  parts: {
    scenarios: [
      {
        subjects: [
          'Spare parts for the {product}',
          '[Element|Sensor|Control board|Dial] for the {model}',
          'Repairing the {product} out of guarantee',
          'What does [a board|an element|a sensor] for the {model} cost?',
          'Paid repair, {serial}',
        ],
        asks: [
          'I have the {product}, out of guarantee, number {serial}. I need [a temperature sensor|a heating element|a control unit]. Do you have one, and what does it cost fitted?',
        ],
        steps: [
          [
            'We have the part; with the visit it comes to {sum}. An engineer is free on {visit}, {window}. Shall I book it?',
            'We can do it: {sum} for work and parts, {visit}, {window}. Please confirm the address.',
          ],
          [
            'A bit dear, but [go ahead|there is no way round it]. {street}, {city}.',
            'Confirmed: {street}, {city}. [After lunch is better.|Thanks.]',
          ],
          [
            'Booked. The new part is guaranteed for six months.',
            '@Our engineer has been: part replaced, {serial} works again. The receipt is attached.',
          ],
        ],
      },
      {
        subjects: [
          'Yearly service of the {model} boiler',
          'Boiler service, {street}',
          'Service visit for the {product}',
        ],
        asks: [
          'Our boiler is five years old and we would like a service before winter. The address is {street}, {city}. When could somebody come?',
        ],
        steps: [
          ['A service costs {sum}, and an engineer is free on {visit}, {window}. Shall I book it?'],
          ['Confirmed: {street}, {city}. [After lunch is better.|Thanks.]'],
          ['@The service is done, the burner is clean and the pressure is right. The receipt is attached.'],
        ],
      },
      {
        subjects: ['{model}: where do I get [a remote|feet|a bracket]?'],
        asks: ['The [remote|set of feet|grille key] of my {model} is lost. Can I buy one separately?'],
        steps: [
          [
            'You can: {sum} including postage. I have put one aside; collect it by {visit}, or answer and we will post it.',
          ],
        ],
      },
    ],
  },
};
