import { toIndex } from '@helpdesk/core';

const RUSSIAN =
  'а без бы был была были было быть в вам вас ваш весь во вот все всё вы где да для до его ее её если есть еще ещё же за ' +
  'здесь и из или им их к как какая какие какой ко когда кто ли либо лишь меня мне мной мог могу можно мой моя мы на над надо нам нас ' +
  'наш не него нее нет ни но ну нужно о об он она они оно от очень по под почему при про с сам свой себя со так также там тебя то того ' +
  'тоже только том ты у уже хочу чего чем что чтобы это эта эти этот этого я здравствуйте добрый день пожалуйста спасибо подскажите';
const ENGLISH =
  'a about after all also am an and any are as at be because been but by can could did do does for from get had has have hello hi ' +
  'how i if in into is it its just me my no not of on or our please so some such than thank thanks that the their them then there ' +
  'these they this those to too us want was we were what when where which who why will with would you your';

/** Stems that say how a sentence is built, not what it is about. */
export const STOP_STEMS: ReadonlySet<string> = new Set(toIndex(`${RUSSIAN} ${ENGLISH}`).split(' '));
