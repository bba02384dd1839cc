//! The running balance of an account: where it breaks, rows are missing.
//!
//! Knows: that each balance is the one before plus what moved, and how to put rows of the same
//! second in an order in which that holds. Refuses to know: orders and buckets.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{StatementRow, movement};
use crate::{Error, Money};

/// A break of the running balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The account, where the channel keeps several.
    pub account: Option<String>,
    /// The movement before the break.
    pub after: String,
    /// The movement whose balance does not follow from it.
    pub flow: String,
    /// What moved in between, as far as the balances tell.
    pub amount: Money,
}

/// A movement between two balances.
#[derive(Clone, Copy)]
struct Step<'a> {
    opens: i128,
    closes: i128,
    flow: &'a str,
}

/// The ways that lead away from each balance and the balance each leads to; without a row, a bridge.
type Ways<'a> = BTreeMap<i128, VecDeque<(i128, Option<Step<'a>>)>>;

/// The breaks of each account, by account and time. Rows without a balance and repeated rows are
/// left out.
pub(super) fn gaps(rows: &[StatementRow]) -> Result<Vec<Gap>, Error> {
    let mut seen = BTreeSet::new();
    let mut accounts: BTreeMap<Option<&str>, BTreeMap<i64, Vec<Step<'_>>>> = BTreeMap::new();
    for row in rows {
        let Some(balance) = row.balance else { continue };
        if movement(row).is_some_and(|movement| !seen.insert(movement)) {
            continue;
        }
        let closes = i128::from(balance.minor());
        let opens = closes - i128::from(row.amount.minor());
        let seconds = accounts.entry(row.account.as_deref()).or_default();
        let second = seconds.entry(row.at.epoch_seconds()).or_default();
        second.push(Step { opens, closes, flow: &row.flow });
    }
    let mut gaps = Vec::new();
    for (account, seconds) in accounts {
        let ledger = in_order(&seconds.into_values().collect::<Vec<_>>());
        for pair in ledger.windows(2).filter(|pair| pair[0].closes != pair[1].opens) {
            gaps.push(Gap {
                account: account.map(str::to_owned),
                after: pair[0].flow.to_owned(),
                flow: pair[1].flow.to_owned(),
                amount: Money::narrow(pair[1].opens - pair[0].closes)?,
            });
        }
    }
    Ok(gaps)
}

/// The rows of all seconds, those of each in an order with as few breaks as their balances allow.
fn in_order<'a>(seconds: &[Vec<Step<'a>>]) -> Vec<Step<'a>> {
    let mut ledger: Vec<Step<'a>> = Vec::new();
    for (index, second) in seconds.iter().enumerate() {
        if let [only] = second.as_slice() {
            ledger.push(*only);
            continue;
        }
        let from = ledger.last().map(|last| last.closes);
        let next = seconds.get(index + 1).map_or(&[][..], Vec::as_slice);
        ledger.extend(follow(second, from, &openings(next)));
    }
    ledger
}

/// The balances with which a second may begin: those that more of its rows lead away from than lead
/// to, or any when it ends where it begins.
fn openings(second: &[Step<'_>]) -> BTreeSet<i128> {
    let (starts, _) = loose_ends(second);
    if starts.is_empty() {
        second.iter().map(|step| step.opens).collect()
    } else {
        starts.into_iter().collect()
    }
}

/// The balances that lack a row leading to them, and those that lack one leading away, each as
/// often as it does. Both are equally many.
fn loose_ends(second: &[Step<'_>]) -> (Vec<i128>, Vec<i128>) {
    let mut surplus: BTreeMap<i128, i64> = BTreeMap::new();
    for step in second {
        *surplus.entry(step.opens).or_default() += 1;
        *surplus.entry(step.closes).or_default() -= 1;
    }
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for (balance, count) in surplus {
        let side = if count > 0 { &mut starts } else { &mut ends };
        side.extend((0..count.abs()).map(|_| balance));
    }
    (starts, ends)
}

/// The rows of a second that the ledger reached with the balance `from` and the next second takes
/// up at one of `to`.
///
/// Balances are points and rows ways between them, so this looks for a walk over every way once.
/// Where rows are missing, points are left where ways only end or only begin; those are joined by
/// bridges, which make the walk whole and are the breaks it shows.
fn follow<'a>(second: &[Step<'a>], from: Option<i128>, to: &BTreeSet<i128>) -> Vec<Step<'a>> {
    let mut ways = Ways::new();
    for step in second {
        ways.entry(step.opens).or_default().push_back((step.closes, Some(*step)));
    }
    let (mut starts, mut ends) = loose_ends(second);
    let begin = touch(&mut starts, &mut ends, &from.into_iter().collect(), &ways);
    let finish = touch(&mut ends, &mut starts, to, &ways);
    for (end, start) in ends.into_iter().zip(starts).filter(|(end, start)| end != start) {
        ways.entry(end).or_default().push_back((start, None));
    }
    let begin = begin.or(finish).unwrap_or(second[0].opens);
    let mut ordered = walk(&mut ways, begin);
    for step in second {
        ordered.extend(walk(&mut ways, step.opens));
    }
    ordered
}

/// Decides where the walk touches the rows before (or after) it: at a loose end the neighbour knows,
/// at another point the neighbour knows, which then needs a bridge of its own, or at any loose end.
fn touch(
    own: &mut Vec<i128>,
    other: &mut Vec<i128>,
    known: &BTreeSet<i128>,
    ways: &Ways<'_>,
) -> Option<i128> {
    if let Some(at) = own.iter().position(|at| known.contains(at)) {
        return Some(own.remove(at));
    }
    if let Some(at) = known.iter().find(|at| ways.contains_key(at)) {
        // First, so that it is bridged before a true loose end is given up.
        other.insert(0, *at);
        return Some(*at);
    }
    own.pop()
}

/// Walks over all ways reachable from `begin` that are left, each once: Hierholzer's walk.
fn walk<'a>(ways: &mut Ways<'a>, begin: i128) -> Vec<Step<'a>> {
    let mut open: Vec<(i128, Option<Step<'a>>)> = vec![(begin, None)];
    let mut walked = Vec::new();
    while let Some(&(at, step)) = open.last() {
        if let Some(way) = ways.get_mut(&at).and_then(VecDeque::pop_front) {
            open.push(way);
        } else {
            walked.extend(step);
            open.pop();
        }
    }
    walked.reverse();
    walked
}
