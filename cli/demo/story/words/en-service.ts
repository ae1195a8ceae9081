import type { TopicKey, Topics } from './words.js';

/** Topics around broken and installed things, in English. */
export const enService: Pick<
  Topics,
  Extract<TopicKey, 'boiler-error' | 'no-heat' | 'thermostat' | 'firmware' | 'installation'>
> = {
  'boiler-error': {
    scenarios: [
      {
        subjects: [
          'Error {error} on {model} boiler',
          'The {model} [will not light|cuts out|has locked out]',
          '[Error|Code] {error}, boiler stopped',
          'Boiler [stopped overnight|goes out every half hour|loses pressure]',
          '[Urgent: |]boiler down, children in the house',
          '{model}: fault {error} [after a power cut|after bleeding|in the frost]',
        ],
        asks: [
          'Since last night our {model} shows {error} and will not start. [We reset it twice.|The pressure is fine.|There was a power cut yesterday.] Serial number {serial}. It is {temp:degree|degrees} indoors, what can we do?',
          'We have the {product}, fitted on {bought}. Today {error} came up and the flame goes out after a minute. [The gas is on, the cooker works.|The neighbours are fine.] Please help.',
          'For two days the boiler has been locking out with {error}. After a reset it runs for [twenty minutes|a couple of hours|half a day]. The label says {serial}.',
        ],
        steps: [
          [
            '{error} usually means too little draught or pressure. Could you look at the gauge: how many bar? And is there ice on the flue outside?',
            'Thanks for the serial number. Before we send an engineer, two checks: the pressure gauge and the outside pipe. A photo of the display would help.',
          ],
          [
            'It reads [0.6|0.8|1.1] bar and the pipe is [clear|clear, I think|frosted]. {error} stays.',
            'I looked: the gauge says [0.5|0.7] bar. Photo of the display attached.',
          ],
          [
            'Thanks, that tells us enough. An engineer comes on {visit}, {window}, with a sensor for the {model}. {serial} is under guarantee, so the visit is free. Does that suit you?',
            'It looks like the pressure sensor. I have booked an engineer for {visit}, {window}. Please do not restart the boiler until then.',
          ],
          [
            'Yes, see you on {visit}.',
            'That suits us, [thanks|the neighbour has the key|somebody will be in].',
          ],
          [
            '@The engineer reports: sensor replaced, {error} cleared, boiler running. If it comes back, just answer this email.',
            '@The work is done, pressure 1.5 bar. The report is attached. Have a warm winter!',
          ],
        ],
      },
      {
        subjects: ['{error} — what does it mean?', 'Code {error} on the {model}: what now?'],
        asks: [
          'What does {error} mean on the {model}? [It does heat.|It only shows in the morning.|We have lost the manual.] Is it dangerous?',
        ],
        steps: [
          [
            'It is not dangerous: {error} reminds you of the yearly service. Hold the Mode button for ten seconds to clear it. The manual is attached.',
            '{error} warns of low pressure. Top up to 1.5 bar and it will go away. If not, we will send an engineer.',
          ],
        ],
      },
    ],
  },
  'no-heat': {
    scenarios: [
      {
        subjects: [
          '{product} [does not heat|stopped heating|is barely warm]',
          'No heat from the {product}',
          '{model} [turns on but stays cold|blinks and does nothing|switches itself off]',
          '[Smell|Clicking|Humming] from the {product}',
          '{temp:degree|degrees} in the room, the {product} cannot cope',
        ],
        asks: [
          'The {product} has stopped heating: the light is on but the body is cold. In use since {bought}, serial number {serial}. [We tried other sockets.|Other appliances work.] What should I check?',
          'Our {product} [clicks every five minutes|hums loudly|smells of plastic]. Bought on {bought}. Is it safe to use?',
          'The dial says 23, the room is at {temp:degree|degrees}. The {product} runs without a break. The room is 16 m² and the windows are new.',
        ],
        steps: [
          [
            'Let us check. Unplug it for ten minutes, move curtains away from the grille and switch it on at full power. What does the light do: steady or blinking?',
            'The overheat cut-out has probably tripped. Let it cool for twenty minutes and make sure nothing covers the grille. Could you tell me what changed?',
          ],
          [
            'I did what you wrote. [It works!|Now it heats.|That helped, the curtain covered the grille.]',
            '[Hooray, it is warm.|Yes, it heats.] Thanks for the tip!',
          ],
          [
            'Great! Keep 15 cm free above the grille and the cut-out will not trip again.',
            'Glad it worked. If the {product} stops again, write to us and we will replace it under guarantee; {serial} is on file.',
          ],
        ],
      },
      {
        subjects: [
          'Unit {serial} does not turn on',
          'The heater [trips the fuse|smells of plastic|is noisy at night]',
        ],
        asks: [
          'The {product} [trips the fuse|switches off after an hour], tested in three sockets. Serial number {serial}, still under guarantee. I need a repair or a replacement.',
        ],
        steps: [
          [
            'Please do not use it any more. We will collect it on {visit}, {window}, free of charge. Where should the courier go?',
            'It looks like the heating element. I suggest a replacement: the courier brings a new unit on {visit} and takes the old one. Is your address the same?',
          ],
          [
            'The address is {street}, {city}. {visit} [is fine|suits me].',
            '{street}, [ring an hour before|the bell works]. Thanks.',
          ],
          [
            'Noted: {street}, {city}, {visit}, {window}.',
            '@The {model} has been replaced; the old one ({serial}) is going to the factory. Thank you for your patience.',
          ],
        ],
      },
    ],
  },
  thermostat: {
    scenarios: [
      {
        subjects: [
          '{model} thermostat [will not join Wi-Fi|lost the network|vanished from the app]',
          'The app [does not see the thermostat|will not let me in|shows yesterday’s temperature]',
          'Wi-Fi and the {model}',
        ],
        asks: [
          'The {model} thermostat will not join Wi-Fi. [We have a new router.|The password is right, I typed it three times.|My phone sees the network.] Serial number {serial}, firmware {ver}.',
          'After we changed the router the thermostat vanished from the app. I removed and added it again, it blinks blue. Number {serial}.',
        ],
        steps: [
          [
            'The {model} works on 2.4 GHz only. Could you check whether your router uses one name for both networks?',
            'Hold both arrows for seven seconds: the thermostat forgets the old network. The router has to offer 2.4 GHz. Which router do you have?',
          ],
          [
            'Yes, they shared a name. I split them and it connected!',
            'That helped, [it found the network at the second try|it is in the app now]. Thanks!',
          ],
          [
            'Wonderful! I can see {serial} online, and {ver} is the latest firmware.',
            'Great. The schedule is kept in the thermostat, so there is no need to enter it again.',
          ],
        ],
      },
      {
        subjects: [
          'How do I [set a schedule|add a second thermostat|change the Wi-Fi] on the {model}?',
          'Thermostat [shows the wrong temperature|never turns the boiler off|blinks blue]',
          'Thermostat is off by {days:degree|degrees}',
        ],
        asks: [
          'The thermostat shows {days:degree|degrees} more than a thermometer. [It hangs in the hall.|It hangs by the balcony door.] Can this be corrected?',
          'How do I give the {model} different schedules for weekdays and weekends? [The manual only shows one day.|My mother uses it without the app.]',
        ],
        steps: [
          [
            'You can: Settings, then Advanced. Both the sensor offset and a schedule for each day are there. An illustrated guide is attached.',
            'No engineer needed: open the {model} in the app and choose Advanced. I have attached a short guide.',
          ],
        ],
      },
    ],
  },
  firmware: {
    scenarios: [
      {
        subjects: [
          'After the update [the thermostat does not heat|the boiler ignores it|the schedule is gone]',
          'Firmware {badver}: [{model} frozen|everything is broken|no link to the boiler]',
          '{model} not working after the update',
          'Give me back the old firmware!',
          'Update {badver} — thermostat [has a black screen|keeps rebooting|shows 0 degrees]',
          '{temp:degree|degrees} at home after last night’s update',
        ],
        asks: [
          'Last night the {model} updated to {badver}, and now [the boiler stays off|the screen is black|it reboots every minute]. It is {temp:degree|degrees} indoors. Serial number {serial}. Please put it back as it was!',
          'After update {badver} the schedule is gone and it holds 5 degrees. [We have a small child.|A reset does not help.] Number {serial}.',
          'What is this update {badver} you sent? The {model} ran for a year without a fault, and today it cannot see the boiler. Serial number {serial}.',
        ],
        steps: [
          [
            'We are sorry: {badver} has a fault and we have stopped it. To get warm now, hold the dial for ten seconds: the thermostat switches to manual. A fix for {serial} arrives today. Did the heating come on?',
            'Our apologies. {badver} is withdrawn and a corrected version will install itself this evening. Until then, hold the dial for ten seconds for manual mode. Please tell me whether the heat comes on.',
          ],
          [
            'Manual mode is on, [it heats|we have heat]. Waiting for the fix.',
            'Yes, [it is getting warmer|the boiler is running]. But you should have warned us!',
          ],
          [
            'The corrected firmware is on {serial} and your schedule is restored. For the trouble we have added six months to your guarantee. Sorry again.',
            'Done: the thermostat has the new version and sees the boiler. Thank you for your patience; your guarantee is six months longer.',
          ],
        ],
      },
    ],
  },
  installation: {
    scenarios: [
      {
        subjects: [
          'Booking a fitting: {product}',
          'Fitting of [a boiler|convectors|a thermostat] — {city}',
          'Installing the {product} [in a flat|in a cottage|in an office]',
          'What does it cost to fit the {product}?',
          'Engineer visit, {street}',
          'Connecting the {product}',
        ],
        asks: [
          'I bought the {product} from you and need it fitted at {street}, {city}. [The wiring is ready.|The walls are plasterboard.|There is a socket nearby.] Which days are free and what does it cost?',
          'We need an engineer to connect the {product}. [The old one is already off.|The old one has to come off.] {visit} would suit us. Is that possible?',
        ],
        steps: [
          [
            'The next free date is {visit}, {window}. Work and materials come to {sum}. Shall I book it?',
            'An engineer is free on {visit}, {window}. The price is {sum}, payable afterwards. Please confirm and send a photo of the place.',
          ],
          [
            'Please book it. [Photo of the wall attached.|My number is below.|You can park in the yard.]',
            'Yes, {visit} is good. {street}, [second entrance|fifth floor|I will tell the engineer the door code].',
          ],
          [
            'Booked: {visit}, {window}, {street}. The engineer will call an hour before.',
            'Done, the team is yours. After fitting, the {product} is under guarantee for two years.',
          ],
        ],
      },
      {
        subjects: ['When is the [engineer|fitter|team] coming?', 'Engineer did not come, {street}'],
        asks: [
          'The engineer was due on {bought} and nobody called. [We waited half a day.|I cannot take another day off.] When will the {product} be fitted?',
        ],
        steps: [
          [
            'I am very sorry: the van broke down and nobody let you know. I suggest {visit}, {window}, at our expense. Would that work?',
          ],
          ['All right, but [this is the last time|not before ten|have them ring].'],
          [
            'Agreed: {visit}, {window}, free of charge. I will make sure that the engineer calls.',
            'The fitting is confirmed for {visit}. Thank you for giving us a second chance.',
          ],
        ],
      },
    ],
  },
};
