const body = (text: string) => ({ type: 'BODY', text });
const listed = (name: string, components: object[], more: object = {}) => ({
  name,
  status: 'APPROVED',
  language: 'en_US',
  category: 'UTILITY',
  components,
  ...more,
});
const header = { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' };

/** As Meta lists them: three that words can fill, and others. */
export const sampleTemplates: readonly object[] = [
  listed('order_sent', [
    header,
    body('Hi {{2}}, {{1}} is on its way, {{2}}!'),
    { type: 'FOOTER', text: 'Bye' },
  ]),
  listed('with_picture', [{ type: 'HEADER', format: 'IMAGE' }, body('Look')]),
  listed('rejected', [body('Buy')], { status: 'REJECTED' }),
  listed('by_name', [body('Dear {{first_name}}, see {{item}}')], { parameter_format: 'NAMED' }),
  listed('code', [body('{{1}} is your code'), { type: 'BUTTONS', buttons: [{ type: 'OTP' }] }]),
  { odd: true },
  listed('again', [body('May we write again?'), { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY' }] }]),
];
