import { findByIdentity, type App, type ContactCandidate } from '@helpdesk/core';

/**
 * Who is known by the number of which somebody writes: WhatsApp has proven that it is theirs, so it says as much as an
 * address does.
 */
export async function whoHasNumber(
  { db }: Pick<App, 'db'>,
  { kind, value }: { kind: string; value: string },
): Promise<ContactCandidate[]> {
  if (kind !== 'whatsapp' || !/^\d+$/.test(value)) return [];
  const found = await Promise.all(
    spellings(value).map((normalised) => findByIdentity(db, { kind: 'phone', normalised })),
  );
  return found.flatMap((phone) =>
    phone
      ? [
          {
            contactId: phone.contactId,
            strength: 'strong',
            kind: 'phone',
            detail: phone.normalised,
            keepsAddress: true,
          },
        ]
      : [],
  );
}

/** WhatsApp keeps how numbers were once written: those of Mexico with a 1, some of Brazil without their 9. */
function spellings(digits: string): string[] {
  const mexico = /^521(\d{10})$/.exec(digits);
  const brazil = /^(55\d{2})(\d{8})$/.exec(digits);
  return [
    `+${digits}`,
    ...(mexico ? [`+52${mexico[1]}`] : []),
    ...(brazil ? [`+${brazil[1]}9${brazil[2]}`] : []),
  ];
}
