//! Dates: what pages write, and what it says.

mod find;
mod months;
mod tokens;

pub(super) use find::{Order, dates_in, first_date};
pub(super) use tokens::has_digit;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// A date as a page gives it.
///
/// ```
/// use dehusk::{dom::Document, metadata::{Hints, Metadata}};
/// let html = r#"<meta property="article:published_time" content="2024-03-05T23:30:00-05:00">"#;
/// let metadata = Metadata::read(&Document::parse(html), None, &Hints::new());
/// let published = metadata.published().unwrap();
/// assert_eq!(published.value().day(), "2024-03-05");
/// assert_eq!(published.value().iso(), "2024-03-05T23:30:00-05:00");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PageDate {
    written: String,
    day: String,
    iso: String,
}

impl PageDate {
    /// The date as the page writes it.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=article:published_time content='5 March 2024'><p>Tea.");
    /// let published = page.metadata().published().unwrap().value();
    /// assert_eq!(published.written(), "5 March 2024");
    /// ```
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The calendar day, `YYYY-MM-DD`, in the page's own time zone: never shifted to another.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=article:published_time content='5 March 2024'><p>Tea.");
    /// let published = page.metadata().published().unwrap().value();
    /// assert_eq!(published.day(), "2024-03-05");
    /// ```
    pub fn day(&self) -> &str {
        &self.day
    }

    /// ISO 8601: the day, the time where it is known, and the zone where that is known too.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=article:published_time content='5 March 2024'><p>Tea.");
    /// let published = page.metadata().published().unwrap().value();
    /// assert_eq!(published.iso(), "2024-03-05");
    /// ```
    pub fn iso(&self) -> &str {
        &self.iso
    }
}

/// A date that was understood: a day that exists, perhaps a time, perhaps an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub date: Date,
    pub time: Option<Time>,
    pub offset: Option<Offset>,
}

impl Stamp {
    /// The public form, with the words that it was read from.
    pub fn page_date(&self, written: &str) -> PageDate {
        let day = self.date.to_string();
        let mut iso = day.clone();
        if let Some(time) = self.time {
            iso.push_str(&format!("T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()));
            if let Some(offset) = self.offset {
                let minutes = offset.seconds() / 60;
                match minutes {
                    0 => iso.push('Z'),
                    _ => {
                        let sign = if minutes < 0 { '-' } else { '+' };
                        let minutes = minutes.abs();
                        iso.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
                    }
                }
            }
        }
        PageDate { written: written.trim().to_string(), day, iso }
    }
}

/// The first year of the web; earlier dates on pages belong to what they tell of.
const FIRST_YEAR: i16 = 1990;

/// The days that a page's date can lie in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    last: Date,
}

impl Window {
    /// Up to the day after `today` (the page may live in a zone that is ahead of ours).
    pub fn until(today: Option<Date>) -> Self {
        let last = today.or_else(clock).unwrap_or(Date::MAX);
        Self { last: last.tomorrow().unwrap_or(last) }
    }

    /// Whether the date is neither in the future nor older than the web.
    pub fn has(&self, date: Date) -> bool {
        date.year() >= FIRST_YEAR && date <= self.last
    }
}

/// The day of the system's clock, in UTC; wasm in a browser has none that we may ask.
fn clock() -> Option<Date> {
    if cfg!(all(target_family = "wasm", target_os = "unknown")) {
        return None;
    }
    Some(Offset::UTC.to_datetime(jiff::Timestamp::now()).date())
}

/// `YYYY-MM-DD` to a day.
pub(super) fn day(text: &str) -> Option<Date> {
    first_date(text, Order::DayFirst).map(|stamp| stamp.date)
}

/// Whether a word is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    months::month(word.trim_end_matches('.').to_lowercase().as_str()).is_some()
}
