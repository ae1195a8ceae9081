// The words that lists of leaked passwords are made of, Latin and Russian, and keyboard runs of both layouts.
// A tail of up to six digits or marks is cut before the look-up, so "Password2024!" is found as "password".
const words = new Set(
  `aaaaaa abc123456 abcd1234 abcdef abcdefg abcdefgh abcdefghi access adgjmptw adidas admin administrator adminadmin
  admin123admin adobe agent alexander alexandra alexandr alexey amanda america anastasia andrea andrew andrey angel
  angelina anthony apple arsenal asdasd asdasdasd asdfasdf asdfgh asdfghj asdfghjk asdfghjkl asdf1234 ashley asdzxc
  azerty babygirl backup badboy bailey banana barcelona baseball basketball batman beautiful benjamin biteme blink
  blahblah blowme bond007 boomer brandon brazil bubbles buster butterfly butthead caroline carlos changeit changeme
  charles charlie charlotte cheese chelsea chester chicago chicken chocolate chris christian christopher cisco classic
  coffee compaq company computer cookie cooper corvette cowboys create crystal danielle daniel database default
  defender dennis desktop diamond dima dmitriy dolphin donald dragon dreams drowssap eagles einstein elephant
  elizabeth eminem enter estrella europe everton explorer family fastest ferrari fireball firebird fishing flower
  flowers football forever forgot fortnite forum freedom friend friends garfield gateway gemini george getmein ghbdtn
  ghbdtnghbdtn giants ginger godzilla golden golfer google grizzly guest guitar gunner hahaha hammer hannah happy
  hardcore harley hello hellohello helpdesk helpme heather helloworld hockey homer honda hotmail hunter iceman
  iloveu iloveyou iloveyou1 info informix instagram internet ivan jackson jasmine jasper jennifer jeremy jessica jesus
  johnny jonathan jordan joseph joshua justin killer kirill kitten knight konstantin krasotka kristina ladybug
  lakers lalala lasvegas letmein letmeinnow liberty linkedin liverpool loveme lovely lover lucky maggie mail manager
  manchester marina marlboro marseille martin master matrix matthew maverick maxim maximus melissa mercedes merlin
  metallica michael michelle mickey microsoft midnight mike miller minecraft monitor monkey monster morgan moscow
  moskva motorola mountain mustang mypassword natalia natasha naruto nastya newpass newpassword nicole nikita nikolay
  ninja nintendo nirvana nopassword nothing oksana olga operator oracle orange pantera parol parolparol pass passpass
  passw0rd passwd password passwordpassword password1234 p@ssw0rd p@ssword pa$$word pa$$w0rd p4ssword patrick peanut
  penguin pepper phoenix picture pokemon porsche president prince princess private privet purple q1w2e3 q1w2e3r4
  q1w2e3r4t5 q1w2e3r4t5y6 qazqaz qazwsx qazwsxedc qazwsxedcrfv qazxsw qqqqqq qweasd qweasdzxc qweqwe qweqweqwe qwer1234
  qwert qwerty qwertyqwerty qwertyu qwertyui qwertyuiop qwertyuiop[] 1qaz 1qaz2wsx 1qaz2wsx3edc 1q2w3e 1q2w3e4r
  1q2w3e4r5t 1q2w3e4r5t6y 1qazxsw2 123qwe 123qweasd 123qweasdzxc 1234qwer 12345qwert 123456a 123456q 123456qwerty
  123abc rabbit rainbow ranger reception redskins remember reset rockstar romashka ronaldo root rootroot russia samantha
  samsung sanek sasha saturn scooby scorpion secret secure security senha serega sergey server shadow shannon
  silver simple skype slipknot snickers snoopy snowball soccer solnce solnishko sophie spiderman sparky spartak spring
  startrek starwars steelers stella steven sunflower sunshine summer superman superstar support sveta svetlana sweety
  swordfish system tatiana taylor temp temporary test tester testing testtest thomas thunder ticket tigers tigger
  titanic trustno tucker turtle twitter undertaker unknown user username vanessa victor victoria viktoria vikings
  vladimir vladislav volleyball warrior welcome welcomeback whatever whatsapp william winner winter wizard xbox
  xxxxxx yamaha yankees yellow yfnfif youtube zaqwsx zaq12wsx zenit zxcasd zxcvbn zxcvbnm zxcvbnm, zxcvzxcv zzzzzz
  пароль парольпароль привет приветпривет йцукен йцукенг йцукенгш йцукенгшщз йцукенгшщзхъ йцуйцу йцуфыв йцуфывячс
  йфяцыч йфяцычувс фыва фывафыва фывапр фывапролдж фывапролджэ ячсмит ячсмить ячсмитьбю йцукенйцукен 1йфя2цыч 1й2ц3у
  1й2ц3у4к 1й2ц3у4к5е й1ц2у3 й1ц2у3к4 123йцу 1234йцук любовь люблю любимая любимый солнце солнышко наташа марина
  максим александр александра андрей сергей дмитрий владимир екатерина светлана татьяна анастасия кристина виктория
  николай никита россия москва спартак зенит динамо админ администратор поддержка директор компания секрет самсунг
  котенок зайчик малышка принцесса дракон пользователь техподдержка здравствуйте gfhjkm gfhjkmgfhjkm yf[jlrf
  cjkysirj k.,jdm fktrcfylh fylhtq vfrcbv vfhbyf cthutq ybrbnf djkjlz lbvf jktxrf rfnz`.split(/\s+/),
);

/** Whether a password of eight characters or more is among those that are tried first. */
export function isCommonPassword(password: string): boolean {
  const given = password.normalize('NFKC').toLowerCase().trim();
  const stem = given.replace(/[\d!@#$%^&*()_+=.,?~-]{1,6}$/, '');
  return words.has(given) || words.has(stem) || isRun(given) || isRepeated(given);
}

/** "12345678", "87654321", "abcdefgh": every character is the next one, 9 to 0 included. */
function isRun(text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
  return [1, -1].some((step) => steps.every((each) => each === step || each === -9 * step));
}

/** "aaaaaaaa", "12121212", "abcabcabc": one to four characters over and over. */
const isRepeated = (text: string) => /^(.{1,4}?)\1+$/su.test(text);
