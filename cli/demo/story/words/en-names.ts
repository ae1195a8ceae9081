import type { Names } from './names.js';

const list = (words: string) => words.split(' ');

/** English names, with places in the United Kingdom. */
export const enNames: Names = {
  male: list(
    'Adam Alan Andrew Ben Callum Charles Daniel David Edward Frank George Graham Harry Ian Jack James Kevin Liam Martin Neil Oliver Patrick Peter Rajesh Robert Samuel Simon Thomas Tariq William',
  ),
  female: list(
    'Alice Amelia Anna Beth Carol Charlotte Chloe Diana Eleanor Emily Fiona Grace Hannah Helen Imogen Jane Joanna Karen Laura Lucy Margaret Megan Nadia Olivia Priya Rachel Sarah Sophie Susan Zoe',
  ),
  surnames: list(
    'Adams Ahmed Bailey Barker Bennett Booth Bradley Brooks Carter Chapman Clarke Collins Cooper Dawson Dixon Doyle Ellis Evans Fletcher Foster Gibson Grant Griffiths Hall Harper Hughes Hunt Jenkins Johnston Kaur Kelly Knight Lawson Lloyd Marsh Mason Mitchell Morgan Murphy Nash Newton Owen Palmer Parsons Patel Pearce Quinn Reid Reynolds Rhodes Saunders Shaw Sinclair Spencer Stevens Stone Taylor Thorne Turner Walsh Ward Watts Webb Whitfield Yates',
  ),
  cities: list(
    'Leeds Sheffield Nottingham Leicester Bristol Birmingham Edinburgh Glasgow Liverpool Manchester York Derby Exeter Norwich Swansea Cardiff Durham Lincoln',
  ),
  streets: [
    '14 Garden Road',
    '3 Forest Lane',
    '27 Station Road',
    '8 Mill Street',
    '41 Riverside',
    '5 School Lane',
    '19 Meadow Way',
    '2 Quiet Close',
    '36 Church Road',
    '11 Birch Avenue',
    '64 Victoria Street',
    '7 Bridge Street',
    '22 New Row',
    '15 Park Crescent',
  ],
  firms: list(
    'Sunrise Birchwood Hearth Pinewood Riverside Beacon Northgate Meadow Comfort Orchard Commonside Springfield Goodhome Quarter Optima Keystone Vertical Aurora Sailmakers Oakfield Meridian Gable Hope Shoreline Mainline Newhouse Cascade Kingsway Lakeside Harbour Prestige Manor Granite Ashgrove Neighbours Cedar Glade Highfield Jubilee Eastgate',
  ),
  forms: [
    { name: '{firm} Housing Association', slug: 'ha' },
    { name: '{firm} Property Management', slug: 'pm' },
    { name: '{firm} Ltd', slug: '' },
    { name: '{firm} Residents’ Company', slug: 'residents' },
    { name: '{firm} Building Services', slug: 'services' },
    { name: '{firm} Heating Ltd', slug: 'heating' },
  ],
  mailboxes: ['mail.example', 'postbox.example', 'letters.example', 'inbox.example'],
  models: {
    heater: ['Monsoon M7', 'Monsoon M9', 'Ember 1000', 'Ember 2000'],
    convector: ['North 1000', 'North 1500', 'North 2000', 'Breeze K15', 'Breeze K20'],
    thermostat: ['Degree 2', 'Degree 3 Wi-Fi', 'Cosy T1'],
    boiler: ['Dawn 18', 'Dawn 24', 'Forge 28', 'Forge 35'],
  },
  kinds: {
    heater: { one: 'heater', of: 'heater' },
    convector: { one: 'convector', of: 'convector' },
    thermostat: { one: 'thermostat', of: 'thermostat' },
    boiler: { one: 'boiler', of: 'boiler' },
  },
  months: list('January February March April May June July August September October November December'),
  monthsAlone: list('January February March April May June July August September October November December'),
  windows: ['9 am to noon', '10 am to 2 pm', 'noon to 4 pm', '2 pm to 6 pm', '4 pm to 7 pm'],
};
