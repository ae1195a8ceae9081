import type { TopicKey, Topics } from './words.js';

/** Topics around buying, in English. */
export const enOrders: Pick<
  Topics,
  Extract<TopicKey, 'delivery' | 'order-change' | 'return' | 'payment' | 'quote'>
> = {
  delivery: {
    scenarios: [
      {
        subjects: [
          'Order {order}: when will it [arrive|be delivered]?',
          'Where is my order {order}?',
          'Order {order} [has not arrived|is late|seems to be stuck]',
          '[Delivery|Delivery date] for order {order}',
          "Can't track order {order}",
          'Please check the status of order {order}',
          'Tracking {track} has not moved (order {order})',
        ],
        asks: [
          'I placed order {order} on {bought} for the {product}. Delivery was promised within {days:day|days}, but [nobody has called|no courier has turned up|the status never changes]. When can I expect it?',
          'My order {order} from {bought} still says “Being packed”. [The flat is cold and we need the heater soon.|The fitter is booked for the weekend.|I have to take a day off work to be in.] When will it leave the warehouse?',
          'Tracking number {track} has not moved for {days:day|days}. It is the {product}, order {order}, going to {city}. Has the parcel been lost?',
        ],
        steps: [
          [
            'I have checked order {order}: it is [with the carrier|on its way|through the sorting centre], tracking {track}. It reaches {city} on {visit}, {window}. The driver will call an hour before. Does that suit you?',
            'Sorry for the wait. The warehouse has been busier than usual, but your parcel left today. We can deliver on {visit}, {window}. Would that work?',
          ],
          [
            'Yes, {visit} is fine. [The doorbell is broken, so please ask the driver to ring.|I will be in all day.|Thanks for sorting this out.]',
            'That works. Just [no more delays, please|tell the driver there is no lift|ask them to call ahead].',
          ],
          [
            'I have passed that on to the driver. See you on {visit}, {window}. If anything changes, just answer this email.',
            'All set, and the note is on the delivery. Have a good day and a warm home!',
          ],
        ],
      },
      {
        subjects: [
          'Order {order} to {city}',
          'Move the delivery of order {order}',
          'Order {order}: another delivery day',
        ],
        asks: [
          'Could you move the delivery? Order {order}, {product}. [I am away on business|I will not be back from work in time|We have builders in], so {visit} would be better.',
          'Order {order} went to the pick-up point, but I asked for delivery to the door. The box is a metre long and heavy. What can we do?',
        ],
        steps: [
          [
            'No problem: delivery to your door is booked for {visit}, {window}, at no charge. The tracking number is still {track}.',
            'I have moved it to {visit}, {window}; the address in {city} is unchanged. The driver will bring order {order} right to your door.',
          ],
        ],
      },
    ],
  },
  'order-change': {
    scenarios: [
      {
        subjects: [
          'Change to order {order}',
          'Add [brackets|a thermostat|feet|a timer] to order {order}',
          'Order {order}: [different model|new address|new recipient]',
          'Order {order} — [wrong address|wrong colour|placed twice]',
          'Question about order {order}',
          'Can order {order} be combined with a new one?',
        ],
        asks: [
          'In order {order} I chose the {product}, and now I see that [the room needs more power|white would be better|it needs feet as well]. Can this be changed before it ships? I paid by card.',
          'I placed order {order} with my old address by mistake. The right one is {street}, {city}; everything else stays the same. Is there still time?',
          'I would like to add [a set of feet|a wall bracket|a smart thermostat] to order {order}. I will pay as soon as you send a link.',
        ],
        steps: [
          [
            'Order {order} is still in the warehouse, so there is time. I have made the change; the difference is {sum}. Shall I send the payment link here or by text?',
            'Yes, we can do that. Order {order} comes to {sum} and ships on {visit}. Do you confirm?',
          ],
          [
            'Confirmed, [send it here, please|a text is fine|I will pay today].',
            'Yes, all correct. [Thanks for being so quick!|I look forward to it.]',
          ],
          [
            'Done: the items are updated and the link for {sum} is on its way. A new receipt follows after payment.',
            'Updated. It ships on {visit}, and the tracking number will come separately.',
          ],
        ],
      },
      {
        subjects: ['Please cancel order {order}', 'Cancellation of order {order}', 'Cancelling {order}'],
        asks: [
          'Please cancel order {order}. [We found a heater at my parents’ place.|We need a stronger model after all.|It was placed twice by mistake.] Will the money go back to my card?',
        ],
        steps: [
          [
            'Order {order} is cancelled. {sum} will be back on your card within {days:working day|working days}, depending on the bank.',
            'Cancelled. The refund of {sum} went to the bank today; if it is not there in {days:day|days}, write to us.',
          ],
        ],
      },
    ],
  },
  return: {
    scenarios: [
      {
        subjects: [
          'Return: {product}',
          'I would like to return the {product}',
          'Returning items from order {order}',
          'Exchange for [another model|something more powerful|a working one]',
          'The {product} does not fit',
          'How do I return the {product}?',
          'Return form, order {order}',
        ],
        asks: [
          'I bought the {product} from you on {bought}, order {order}. [It is too big|It clicks too loudly|It does not fit under the window]; it has not been used and the box is intact. How do I return it?',
          'I want to return the {product}: [it is too weak for our room|we bought two and need one|my wife dislikes the colour]. I have the receipt from {bought}. What do you need?',
        ],
        steps: [
          [
            'Of course. You have 30 days. Please send a photo of the unit and the serial number from its label; I will book a free collection.',
            'We will take it back. Two photos are needed: the box, and the label with the serial number. A courier can come on {visit}, {window}.',
          ],
          [
            'Photos attached. The serial number is {serial}. [The evening suits me best.|I am in on {visit}.|The box is a little dented but whole.]',
            'Here they are. The label says {serial}. See you on {visit}.',
          ],
          [
            'Thank you, {serial} is on the form. The courier comes on {visit}, {window}; we refund {sum} within {days:working day|working days} of inspection.',
            'Your return is registered. After inspection we will refund {sum} the way you paid.',
          ],
        ],
      },
      {
        subjects: ['[When will I get my money back|Refund], {sum}', 'Return {serial}, where is the money?'],
        asks: [
          'On {bought} I gave the {product}, serial number {serial}, to your courier. The refund of {sum} has not arrived. [It has been over a week.|My bank sees nothing.] Please check.',
        ],
        steps: [
          [
            'I have checked: {serial} passed inspection and the refund of {sum} was sent today. The bank needs {days:day|days}. Sorry we did not tell you.',
            'The inspection took longer than we promised, sorry. The payment of {sum} went to the bank today.',
          ],
        ],
      },
    ],
  },
  payment: {
    scenarios: [
      {
        subjects: [
          'I was charged twice',
          '[Payment fails|Payment error|Payment is stuck]',
          'Charged {sum} two times',
          'Payment of {sum}: [no confirmation|receipt needed|charged too much]',
          'Order {order} is paid but says “Awaiting payment”',
        ],
        asks: [
          'Today I paid for the {product} by card and {sum} was taken twice. [I can send a screenshot from my bank.|The bank told me to ask you.] Please refund the second one.',
          'The payment on your site [hung|showed an error], but {sum} left my card. My account says “Awaiting payment”. Should I pay again?',
        ],
        steps: [
          [
            'No need to pay again. I can see {sum}. Could you send me the date and the last four digits of the card, so that we can find the extra charge?',
            'Thanks for telling us. We are checking with the bank. Was the charge made today or on {bought}?',
          ],
          [
            'It was today, [in the morning|around noon|in the evening]; the card ends in {card}.',
            'The last digits are {card}, today’s date. [I look forward to your answer.|Thanks.]',
          ],
          [
            'We found it on the card ending in {card}: it was a hold, and the bank will release it within {days:day|days}. Your payment of {sum} went through and the receipt is on its way.',
            'The extra {sum} goes back to the card ending in {card}; the bank has accepted the refund.',
          ],
        ],
      },
      {
        subjects: [
          'No receipt [for {sum}|for the {product}]',
          'Receipt of {bought} needed',
          'Please send the receipt again',
        ],
        asks: [
          'I have not received a receipt for the {product}: {sum}, {bought}. [I need it for work.|I need it for the guarantee.] Please send it again.',
        ],
        steps: [
          [
            'I have sent the receipt for {sum} to this address again. Please check your junk folder as well.',
            'It is on its way again. You also find it in your account under “Purchases”.',
          ],
        ],
      },
    ],
  },
  quote: {
    scenarios: [
      {
        subjects: [
          'Price request: {qty:unit|units} for {org}',
          'Quotation [for {org}|for {qty:unit|units}]',
          'Order of {qty:unit|units} for {org}',
          'Invoice for {qty:unit|units} of {model}',
          '[Stock and price|Trade price|Partner discount]: {model}',
          'Supply for the [heating season|handover|winter], {org}',
          'Stairwells at {street}: [replacement|choice] of heaters',
        ],
        asks: [
          'Please invoice {org} for {qty:unit|units} of the {model}. [Deliver to {street}, {city}.|We will collect.|No fitting needed.] What are the lead time and our discount under contract {contract}?',
          'We are getting [the stairwells|the office|a new building] ready for winter and need {qty:unit|units} of the {model}. Please quote with VAT and lead time. We would like to place the order this month.',
        ],
        steps: [
          [
            'Under contract {contract}, {qty:unit|units} come to {sum} with VAT, discount included. They are in stock and can leave on {visit}. Shall I invoice {org}?',
            'The quotation is attached: {qty:unit|units}, {sum} with VAT, delivery on {visit}. Do you need fitting?',
          ],
          [
            'The price is fine, please invoice. [We fit them ourselves.|Fitting needed at {street}.|We pay for delivery separately.]',
            'The director has agreed, please send the invoice. [We pay tomorrow.|We will quote contract {contract}.]',
          ],
          [
            'Invoice {invoice} for {sum} is attached. We ship on {visit} after payment.',
            'Invoice {invoice} is on its way, and the goods are reserved for five days. Thank you for working with us!',
          ],
        ],
      },
    ],
  },
};
