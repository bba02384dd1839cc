//! Closing days: every day that has ended is looked at once it has, and again when the shop's names
//! come to mean something else.
//!
//! Knows how far that went ([`store::Stream::closed_until`]) and by which mapping. A day that the
//! marketplace's own clock has not passed is posted as far as it is known, and looked at again.

use chrono::NaiveDate;
use domain::{ShopId, shop::Shop};

use super::{
    Mapping, Tally,
    days::{Known, day_before, post_day},
};
use crate::{Error, commands::Call};

/// How many days are posted in one transaction.
const DAYS: usize = 31;

/// Posts the ended days that are not posted by the mapping of now. Call it with the feed read to
/// its end.
pub(crate) fn close_days(
    call: &Call,
    (id, shop): (ShopId, &Shop),
    server_day: NaiveDate,
    tally: &mut Tally,
) -> Result<(), Error> {
    let yesterday = day_before(call.session.today);
    let whole_until = yesterday.min(day_before(server_day));
    let days = call.read(|reader| {
        let mapping = Mapping::load(&reader, id, shop)?;
        let stream = reader.stream(id)?.unwrap_or_default();
        let posted = reader.posted_days(id)?.first().copied();
        let first = mapping.first_day().into_iter().chain(posted).min();
        let done = stream.closed_until.filter(|_| stream.mapping == Some(mapping.hash()));
        let from = done.and_then(|day| day.succ_opt()).into_iter().chain(first).max();
        // Without anything to post there is nothing to close.
        let from = first.and(from).unwrap_or(NaiveDate::MAX);
        Ok(from.iter_days().take_while(|day| *day <= yesterday).collect::<Vec<_>>())
    })?;
    for (number, part) in days.chunks(DAYS).enumerate() {
        call.session.step("sync.days", number * DAYS, days.len())?;
        let mut fresh = tally.clone();
        call.write(None, |writer| {
            let mapping = Mapping::load(writer, id, shop)?;
            let mut entries = Vec::new();
            for day in part {
                let known = if *day <= whole_until { Known::Whole } else { Known::SoFar };
                let day = (*day, known);
                entries.extend(post_day(writer, call.session, &mapping, day, &mut fresh)?);
            }
            if let Some(last) = part.last() {
                writer.note_closed(id, (*last).min(whole_until), &mapping.hash())?;
            }
            Ok(entries)
        })?;
        *tally = fresh;
    }
    Ok(())
}
