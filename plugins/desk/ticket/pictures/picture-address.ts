import type { Keys } from '@helpdesk/core';

const PURPOSE = 'letter-picture';

export interface NamedPicture {
  readonly agentId: number;
  readonly messageId: number;
  /** Its place among the letter's remote pictures, from 0. */
  readonly number: number;
  readonly url: string;
}

/** Where the desk hands a remote picture to one reader. Only a page that this reader asked for pictures has it. */
export function pictureAddress(keys: Keys, picture: NamedPicture): string {
  const { messageId, number } = picture;
  return `/desk/messages/${messageId}/pictures/${number}?s=${keys.sign(PURPOSE, textOf(picture))}`;
}

export function isPictureAddress(keys: Keys, picture: NamedPicture, signature: string): boolean {
  return keys.verify(PURPOSE, textOf(picture), signature);
}

const textOf = ({ agentId, messageId, number, url }: NamedPicture) =>
  `${agentId} ${messageId} ${number} ${url}`;
