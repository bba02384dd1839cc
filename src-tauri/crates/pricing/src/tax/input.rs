//! Withholding as a JSON operation.
//!
//! Knows: the input of one payment or of the months of a year, and the shape of the answer.
//! Refuses to know: any rate.

use serde_json::{Value, json};

use super::{Method, Payer, Withholding, YearToDate, withhold};
use crate::read::Fields;
use crate::time::{Day, Moment};
use crate::{Error, Money};

/// Tax on one payment (`income`, with `year_to_date` if the method looks at it), or on each month
/// of a year (`months`, from the first month of work).
///
/// The method is named, or follows from `payer` and `paid_at`.
pub(crate) fn eval(input: &Value) -> Result<Value, Error> {
    let (method, payments) = payments(input)?;
    match payments.as_slice() {
        [(_, only)] if Fields::of(input, "")?.get("months").is_none() => Ok(shown(method, only)),
        all => of_months(method, all),
    }
}

/// The method, and each payment with the year as it was before it.
pub(crate) fn payments(input: &Value) -> Result<(Method, Vec<(YearToDate, Withholding)>), Error> {
    let input = Fields::of(input, "")?;
    let method = if input.flag("is_price_coupon")? { Method::Discount } else { method(&input)? };
    if input.get("months").is_some() {
        return Ok((method, months(method, input.list("months")?)?));
    }
    let income = input.need_as("income", Value::as_i64).map(Money::from_minor)?;
    let year = match input.object("year_to_date")? {
        Some(year) => year_to_date(year)?,
        None => YearToDate::default(),
    };
    Ok((method, vec![(year, withhold(method, &year, income)?)]))
}

fn method(input: &Fields<'_>) -> Result<Method, Error> {
    if input.get("payer").is_none() || input.get("method").is_some() {
        return input.need_as("method", |name| name.as_str().and_then(Method::parse));
    }
    let payer = input.need_as("payer", |name| name.as_str().and_then(Payer::parse))?;
    Ok(Method::for_labour_pay(payer, input.need_as("paid_at", |at| at.as_str().and_then(day))?))
}

/// The day of a payment as the law counts it: in China, whatever offset the instant has.
fn day(text: &str) -> Option<Day> {
    Moment::parse(text).map(|at| at.day_in_china()).or_else(|| Day::parse(text))
}

fn year_to_date(year: Fields<'_>) -> Result<YearToDate, Error> {
    let year = year.only(&["months", "income", "exempt", "other", "relief", "withheld"])?;
    let months = year.read("months", |count| count.as_u64().and_then(|n| u32::try_from(n).ok()))?;
    Ok(YearToDate {
        months: months.unwrap_or(0),
        income: money(&year, "income")?,
        exempt: money(&year, "exempt")?,
        other: money(&year, "other")?,
        relief: money(&year, "relief")?,
        withheld: money(&year, "withheld")?,
    })
}

fn months(method: Method, months: &[Value]) -> Result<Vec<(YearToDate, Withholding)>, Error> {
    let mut year = YearToDate::default();
    let mut kept = Vec::with_capacity(months.len());
    for (index, month) in months.iter().enumerate() {
        let income = begin_month(&mut year, month, &format!("months[{index}]"))?;
        let withholding = withhold(method, &year, income)?;
        kept.push((year, withholding));
        year = year.after(&withholding)?;
    }
    Ok(kept)
}

fn of_months(method: Method, kept: &[(YearToDate, Withholding)]) -> Result<Value, Error> {
    let rows = kept.iter().map(|(_, withholding)| {
        let mut row = shown(method, withholding);
        row["income"] = json!(withholding.income);
        row
    });
    let tax_total = Money::sum(kept.iter().map(|(_, withholding)| withholding.tax))?;
    let net_total = Money::sum(kept.iter().map(|(_, withholding)| withholding.net))?;
    Ok(json!({
        "rows": rows.collect::<Vec<_>>(), "tax_total": tax_total, "net_total": net_total,
    }))
}

/// Enters a month and returns its income. A month is its income alone, or an object with what
/// reduces the tax; `null` is a month outside the work relation, which brings no deduction.
fn begin_month(year: &mut YearToDate, month: &Value, at: &str) -> Result<Money, Error> {
    if month.is_null() {
        return Ok(Money::ZERO);
    }
    *year = year.next_month();
    if let Some(income) = month.as_i64() {
        return Ok(Money::from_minor(income));
    }
    let month = Fields::of(month, at)?.only(&["income", "exempt", "other", "relief"])?;
    let income = month.need_as("income", Value::as_i64)?;
    year.exempt = year.exempt.plus(money(&month, "exempt")?)?;
    year.other = year.other.plus(money(&month, "other")?)?;
    year.relief = year.relief.plus(money(&month, "relief")?)?;
    Ok(Money::from_minor(income))
}

fn money(fields: &Fields<'_>, key: &str) -> Result<Money, Error> {
    Ok(Money::from_minor(fields.whole(key)?.unwrap_or(0)))
}

fn shown(method: Method, kept: &Withholding) -> Value {
    let Withholding { taxable, rate, quick, tax, net, .. } = *kept;
    let rate = rate.to_string();
    match method {
        Method::PerPayment2018No61 => {
            json!({ "taxable": taxable, "rate": rate, "quick": quick, "tax": tax, "net": net })
        }
        Method::Cumulative2025No16 => json!({
            "cumulative_taxable": taxable, "rate": rate, "quick": quick, "tax": tax, "net": net,
        }),
        Method::Incidental | Method::BusinessInvoice | Method::Discount => {
            json!({ "taxable": taxable, "tax": tax, "net": net })
        }
    }
}
