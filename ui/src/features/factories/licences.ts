/** Licences of partners by how soon they expire. */
import type { Day, LicenceFields, PartnerRow } from "../../contract";
import type { Tone } from "../../kit/Figures";
import * as format from "../../kit/format";

export type Licence = LicenceFields & { partner: PartnerRow; daysLeft: number };

const SOON_DAYS = 60;

/** Red once it has expired, amber while there is still time to renew it. */
export const licenceTone = (daysLeft: number): Tone | undefined => {
  if (daysLeft < 0) return "red";
  return daysLeft <= SOON_DAYS ? "amber" : undefined;
};

/** All licences, the one that expires first on top. */
export const licencesOf = (partners: readonly PartnerRow[], today: Day): Licence[] =>
  partners
    .flatMap((partner) =>
      partner.fields.licences.map((licence) => ({
        ...licence,
        partner,
        daysLeft: format.daysBetween(today, licence.expiresOn),
      })),
    )
    .sort((a, b) => a.expiresOn.localeCompare(b.expiresOn));
