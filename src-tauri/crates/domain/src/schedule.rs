//! How a price falls into the shares of its terms (D-14): parts that add up to the cent.
//!
//! Knows the first cut and the cut after a change. Refuses to know what makes a share fall due.

use crate::{money::share, shelf_life::PPM, terms::Term};

/// Cuts a price of at least zero by its terms: each share rounded half up, the last takes the cent.
/// No part is below zero.
pub fn cut(terms: &[Term], total: i64) -> Vec<i64> {
    let shares: Vec<i64> = terms.iter().map(|term| term.share_ppm).collect();
    cut_by(&shares, PPM, total)
}

fn cut_by(shares: &[i64], whole: i64, total: i64) -> Vec<i64> {
    let mut left = total;
    let last = shares.len().saturating_sub(1);
    let part = |(at, ppm): (usize, &i64)| {
        let part = if at == last { left } else { share(total, *ppm, whole).min(left) };
        left -= part;
        part
    };
    shares.iter().enumerate().map(part).collect()
}

/// Cuts a price anew after the order has changed. A term that is settled in full keeps its amount,
/// the others share the rest by their shares, none less than is settled on it. When all are settled
/// the last takes what is new; when less than what is settled is left, the first terms keep theirs.
pub fn recut(terms: &[Term], agreed: &[i64], settled: &[i64], total: i64) -> Vec<i64> {
    let at = |amounts: &[i64], term: usize| amounts.get(term).copied().unwrap_or(0);
    let settled: Vec<i64> = (0..terms.len()).map(|term| at(settled, term).max(0)).collect();
    let paid = settled.iter().fold(0_i64, |sum, part| sum.saturating_add(*part));
    if paid >= total {
        return keep_first(&settled, total);
    }
    let mut kept: Vec<bool> = (0..terms.len())
        .map(|term| settled[term] > 0 && settled[term] >= at(agreed, term))
        .collect();
    if let (true, Some(last)) = (kept.iter().all(|kept| *kept), kept.last_mut()) {
        *last = false;
    }
    loop {
        let parts = cut_open(terms, &settled, &kept, total);
        // A share under what is settled on it would leave too little to the others.
        let Some(short) = (0..terms.len()).find(|&term| parts[term] < settled[term]) else {
            return parts;
        };
        kept[short] = true;
    }
}

/// The settled amounts of those that are kept, and the shares of the others in the rest.
fn cut_open(terms: &[Term], settled: &[i64], kept: &[bool], total: i64) -> Vec<i64> {
    let open: Vec<usize> = (0..terms.len()).filter(|&term| !kept[term]).collect();
    let shares: Vec<i64> = open.iter().map(|&term| terms[term].share_ppm).collect();
    let taken: i64 = (0..terms.len()).filter(|&term| kept[term]).map(|term| settled[term]).sum();
    let mut parts = settled.to_vec();
    for (term, part) in open.iter().zip(cut_by(&shares, shares.iter().sum(), total - taken)) {
        parts[*term] = part;
    }
    parts
}

fn keep_first(settled: &[i64], total: i64) -> Vec<i64> {
    let mut left = total;
    let keep = |settled: &i64| {
        let part = (*settled).min(left);
        left -= part;
        part
    };
    settled.iter().map(keep).collect()
}
