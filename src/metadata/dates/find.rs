//! Finds dates in text, in many languages and orders.

use super::Stamp;
use super::months::month;
use super::tokens::{Kind, Token, digit, tokens};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// Which of two small numbers is the day where either could be (`03/04/2024`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metadata) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    pub fn other(self) -> Self {
        match self {
            Self::DayFirst => Self::MonthFirst,
            Self::MonthFirst => Self::DayFirst,
        }
    }
}

/// A date in a text and the bytes that it takes.
#[derive(Debug, Clone)]
pub(in crate::metadata) struct Found {
    pub stamp: Stamp,
    pub start: usize,
    pub end: usize,
}

/// The first date in a text, or the moment that a bare Unix time stamp stands for.
pub(in crate::metadata) fn first_date(text: &str, order: Order) -> Option<Stamp> {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return compact(text);
    }
    dates_in(text, order).into_iter().next().map(|found| found.stamp)
}

/// How many bytes of a text are searched for dates: more is no date line.
const MAX_TEXT: usize = 400;

/// The shortest date is such as `5-Mar-24`.
const MIN_DIGITS: usize = 3;

/// All dates in a text, in its order.
pub(in crate::metadata) fn dates_in(text: &str, order: Order) -> Vec<Found> {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut out = Vec::new();
    if text.chars().filter_map(digit).take(MIN_DIGITS).count() < MIN_DIGITS {
        return out;
    }
    let tokens = tokens(text);
    let mut at = 0;
    while at < tokens.len() {
        let Some((date, used)) = date_at(text, &tokens[at..], order) else {
            at += 1;
            continue;
        };
        let start = tokens[at].start;
        let mut end = tokens[at + used - 1].end;
        at += used;
        let clock = time_at(text, end, &tokens[at..]);
        let (mut time, mut offset) = (None, None);
        if let Some((found, zone, used)) = clock {
            (time, offset) = (Some(found), zone);
            end = tokens[at + used - 1].end;
            at += used;
        }
        out.push(Found { stamp: Stamp { date, time, offset }, start, end });
    }
    out
}

/// `20240305`, `20240305103000`, or seconds or milliseconds since 1970.
fn compact(digits: &str) -> Option<Stamp> {
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    match digits.len() {
        8 | 12 | 14 => {
            let date = civil(number(0, 4)?.into(), number(4, 6)?.into(), number(6, 8)?.into())?;
            let time = number(8, 10)
                .zip(number(10, 12))
                .and_then(|(h, m)| clock(h.into(), m.into(), number(12, 14).unwrap_or(0).into()));
            Some(Stamp { date, time, offset: None })
        }
        10 | 13 => {
            let seconds = digits[..10].parse::<i64>().ok()?;
            let moment = jiff::Timestamp::from_second(seconds).ok()?;
            let moment = Offset::UTC.to_datetime(moment);
            Some(Stamp {
                date: moment.date(),
                time: Some(moment.time()),
                offset: Some(Offset::UTC),
            })
        }
        _ => None,
    }
}

fn civil(year: i32, month: i32, day: i32) -> Option<Date> {
    // Thailand counts from 543 BC.
    let year = if (2500..2650).contains(&year) { year - 543 } else { year };
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    Date::new(year, month, day).ok().filter(|date| (1900..2200).contains(&date.year()))
}

fn clock(hour: i32, minute: i32, second: i32) -> Option<Time> {
    let (h, m, s) = (hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?);
    Time::new(h, m, s, 0).ok()
}

/// A date that begins with the first of these tokens, and how many it takes.
fn date_at(text: &str, tokens: &[Token<'_>], order: Order) -> Option<(Date, usize)> {
    let first = tokens.first()?;
    match &first.kind {
        Kind::Number(year, 4) => year_first(text, tokens, *year as i32),
        Kind::Number(value, 8) if glued(text, first) => {
            let value = *value as i32;
            civil(value / 10_000, value / 100 % 100, value % 100).map(|date| (date, 1))
        }
        Kind::Number(value, 1 | 2) => {
            let small = *value as i32;
            day_month_name(text, tokens, small).or_else(|| numeric(text, tokens, small, order))
        }
        Kind::Number(..) => None,
        Kind::Word(word) => month(word).and_then(|month| month_first(text, tokens, month.into())),
    }
}

/// Whether a run of eight digits stands alone or at the start of a time stamp.
fn glued(text: &str, token: &Token<'_>) -> bool {
    let before = text[..token.start].chars().next_back();
    let after = text[token.end..].chars().next();
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c != 'T');
    !joins(before) && !joins(after)
}

/// What stands between two tokens.
fn gap<'t>(text: &'t str, left: &Token<'_>, right: &Token<'_>) -> &'t str {
    &text[left.end..right.start]
}

/// A short gap of spaces and light punctuation.
fn light(gap: &str) -> bool {
    gap.chars().count() <= 3
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '/' | '،'))
}

/// `2024-03-05`, `2024/3/5`, `2024.03.05`, `2024年3月5日`, `2024. 3. 5.`, `2024 March 5`,
/// `2024. március 5.`
fn year_first(text: &str, tokens: &[Token<'_>], year: i32) -> Option<(Date, usize)> {
    let second = tokens.get(1)?;
    if let Some("年" | "년") = second.word() {
        let (month, day) = (tokens.get(2)?.digits(1, 2)?, tokens.get(4)?.digits(1, 2)?);
        let sign = tokens.get(3)?.word()?;
        let date = civil(year, month as i32, day as i32).filter(|_| matches!(sign, "月" | "월"))?;
        let closed = matches!(tokens.get(5).and_then(Token::word), Some("日" | "號" | "号" | "일"));
        return Some((date, 5 + usize::from(closed)));
    }
    let third = tokens.get(2)?;
    let (gap1, gap2) = (gap(text, &tokens[0], second), gap(text, second, third));
    if let Some(month) = second.word().and_then(month) {
        let day = third.digits(1, 2).filter(|_| light(gap1) && light(gap2))?;
        return civil(year, month.into(), day as i32).map(|date| (date, 3));
    }
    let (month, day) = (second.digits(1, 2)?, third.digits(1, 2)?);
    let same = gap1.trim() == gap2.trim() && matches!(gap1.trim(), "-" | "/" | "." | "‐" | "–");
    if !same || gap1.len() > 5 || !open_before(text, tokens[0].start) {
        return None;
    }
    civil(year, month as i32, day as i32).map(|date| (date, 3))
}

/// Whether a number does not continue a longer run such as a version or a telephone number.
fn open_before(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let (last, second) = (before.next(), before.next());
    let runs_on =
        matches!(last, Some('.' | '-' | '/' | '–')) && second.is_some_and(|c| c.is_ascii_digit());
    !runs_on && !last.is_some_and(|c| matches!(c, '$' | '€' | '£' | '#' | '.'))
}

/// `March 5, 2024`, `Mar. 5th 2024`, `Tue Mar 05 10:00:00 2024`.
fn month_first(text: &str, tokens: &[Token<'_>], month: i32) -> Option<(Date, usize)> {
    let day_token = tokens.get(1)?;
    let day = day_token.digits(1, 2)? as i32;
    if !light(gap(text, &tokens[0], day_token)) {
        return None;
    }
    let ordinal = matches!(tokens.get(2).and_then(Token::word), Some("st" | "nd" | "rd" | "th"));
    let at = 2 + usize::from(ordinal);
    // `Tue Mar 05 10:00:00 GMT 2024`: the year comes behind the time.
    for skip in 0..6 {
        let Some(token) = tokens.get(at + skip) else { break };
        let Some(year) = token.digits(4, 4) else {
            let is_clock = token.digits(2, 2).is_some()
                || (skip > 2 && token.word().is_some_and(|zone| zone.len() <= 4));
            if is_clock && (skip > 0 || text[token.end..].starts_with(':')) {
                continue;
            }
            if skip == 0 && matches!(token.word(), Some("de" | "del" | "of")) {
                continue;
            }
            break;
        };
        let near = gap(text, &tokens[at + skip - 1], token);
        return (skip > 0 || light(near))
            .then(|| civil(year as i32, month, day))?
            .map(|date| (date, if skip > 1 { at } else { at + skip + 1 }));
    }
    None
}

/// `5 March 2024`, `5. März 2024`, `5 de marzo de 2024`, `5-Mar-24`.
fn day_month_name(text: &str, tokens: &[Token<'_>], day: i32) -> Option<(Date, usize)> {
    let mut at = 1;
    let filler = |token: &Token<'_>| {
        matches!(token.word(), Some("st" | "nd" | "rd" | "th" | "de" | "of" | "º" | "er" | "ª"))
    };
    while at < 3 && tokens.get(at).is_some_and(filler) {
        at += 1;
    }
    let token = tokens.get(at)?;
    let number = month(token.word()?)?;
    if at == 1 && !light(gap(text, &tokens[0], token)) {
        return None;
    }
    let name = at;
    at += 1;
    while at < name + 2
        && matches!(tokens.get(at).and_then(Token::word), Some("de" | "del" | "of" | "г"))
    {
        at += 1;
    }
    let year = tokens.get(at)?;
    if !light(gap(text, &tokens[at - 1], year)) {
        return None;
    }
    let value = match year.digits(2, 2) {
        // `5-Mar-24`: short years only where nothing but a dash stands between.
        Some(short) if gap(text, &tokens[name], year) == "-" => 2000 + short as i32,
        _ => year.digits(4, 4)? as i32,
    };
    civil(value, number.into(), day).map(|date| (date, at + 1))
}

/// `05.03.2024`, `5/3/2024`, `05-03-2024`, `05.03.24`.
fn numeric(text: &str, tokens: &[Token<'_>], first: i32, order: Order) -> Option<(Date, usize)> {
    let (second, third) = (tokens.get(1)?, tokens.get(2)?);
    let (gap1, gap2) = (gap(text, &tokens[0], second), gap(text, second, third));
    let sign = gap1.trim();
    let same = sign == gap2.trim() && matches!(sign, "." | "/" | "-") && gap1.len() <= 3;
    if !same || !open_before(text, tokens[0].start) {
        return None;
    }
    let two = second.digits(1, 2)? as i32;
    let year = match third.kind {
        Kind::Number(year, 4) => year as i32,
        // Two digits of a year: not of a version, a price or a score.
        Kind::Number(year, 2) if sign != "-" && tokens[0].digits(2, 2).is_some() => {
            2000 + year as i32
        }
        _ => return None,
    };
    let after = text[third.end..].chars().next();
    if after.is_some_and(|c| c == '.' || c == '/')
        && text[third.end + 1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let (day, month) = match (first, two) {
        (first, two) if first > 12 => (first, two),
        (first, two) if two > 12 => (two, first),
        (first, two) if sign == "." || order == Order::DayFirst => (first, two),
        (first, two) => (two, first),
    };
    civil(year, month, day).map(|date| (date, 3))
}

/// The time that follows a date: its value, its zone, and how many tokens they take.
fn time_at(text: &str, end: usize, tokens: &[Token<'_>]) -> Option<(Time, Option<Offset>, usize)> {
    let mut at = 0;
    // `T`, `at`, `um`, `à` and their kin.
    if tokens.first()?.word().is_some_and(|word| word.chars().count() <= 3) {
        at = 1;
    }
    let hour = tokens.get(at)?;
    if text[end..hour.start].chars().count() > 8 {
        return None;
    }
    let mut h = hour.digits(1, 2)? as i32;
    let minute = tokens.get(at + 1)?;
    let sign = gap(text, hour, minute);
    let m = minute.digits(2, 2).filter(|_| matches!(sign, ":" | "." | "h" | "："))? as i32;
    let mut used = at + 2;
    let mut s = 0;
    if let Some(second) = tokens.get(used)
        && let Some(value) = second.digits(2, 2).filter(|_| gap(text, minute, second) == ":")
    {
        s = value as i32;
        used += 1;
        // A fraction of a second.
        let fraction = tokens.get(used).filter(|token| gap(text, second, token) == ".");
        used += usize::from(fraction.is_some_and(|token| token.number().is_some()));
    }
    if let Some(half) = tokens.get(used).and_then(Token::word) {
        match half {
            "pm" | "p" if h < 12 => h += 12,
            "am" | "a" if h == 12 => h = 0,
            _ => {}
        }
        match half {
            "pm" | "am" => used += 1,
            "p" | "a" if tokens.get(used + 1).and_then(Token::word) == Some("m") => used += 2,
            _ => {}
        }
    }
    let time = clock(h, m, s)?;
    let (offset, zone) = zone_at(text, tokens[used - 1].end, &tokens[used..]);
    Some((time, offset, used + zone))
}

/// The zone behind a time, if it is one that cannot be mistaken, and how many tokens it takes.
fn zone_at(text: &str, end: usize, tokens: &[Token<'_>]) -> (Option<Offset>, usize) {
    let Some(first) = tokens.first() else { return (None, 0) };
    let between = &text[end..first.start];
    if let Some(name) = first.word().filter(|_| between.trim().is_empty() || between == " (") {
        let minutes = ZONES.iter().find(|(zone, _)| *zone == name).map(|(_, minutes)| *minutes);
        let Some(minutes) = minutes else { return (None, 0) };
        // `GMT+0100`
        if let Some(next) = tokens.get(1).filter(|_| minutes == 0) {
            let sign = gap(text, first, next);
            if let Some((offset, used)) = signed(text, sign, &tokens[1..]) {
                return (Some(offset), used + 1);
            }
        }
        return (Offset::from_seconds(minutes * 60).ok(), 1);
    }
    match signed(text, between.trim_start(), tokens) {
        Some((offset, used)) => (Some(offset), used),
        None => (None, 0),
    }
}

/// `+0100`, `+01:00`, `-5`.
fn signed(text: &str, sign: &str, tokens: &[Token<'_>]) -> Option<(Offset, usize)> {
    let sign = match sign {
        "+" => 1,
        "-" | "−" => -1,
        _ => return None,
    };
    let first = tokens.first()?;
    let (minutes, used) = match first.kind {
        Kind::Number(value, 4) => (value / 100 * 60 + value % 100, 1),
        Kind::Number(hours, 1 | 2) => {
            let next = tokens.get(1).filter(|next| gap(text, first, next) == ":");
            match next.and_then(|next| next.digits(2, 2)) {
                Some(minutes) => (hours * 60 + minutes, 2),
                None => (hours * 60, 1),
            }
        }
        _ => return None,
    };
    Offset::from_seconds(sign * minutes as i32 * 60).ok().map(|offset| (offset, used))
}

/// Names of zones that mean one thing only, and their minutes ahead of UTC.
const ZONES: [(&str, i32); 16] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("jst", 540),
    ("kst", 540),
];

#[cfg(test)]
mod tests {
    use super::{Order, dates_in, first_date};

    fn iso(text: &str, order: Order) -> Option<String> {
        first_date(text, order).map(|stamp| stamp.page_date(text).iso().to_string())
    }

    #[test]
    fn machine_forms_are_read_with_their_zone() {
        for (text, expected) in [
            ("2024-03-05", "2024-03-05"),
            ("2024-03-05T10:20:30Z", "2024-03-05T10:20:30Z"),
            ("2024-03-05T10:20:30.123+05:30", "2024-03-05T10:20:30+05:30"),
            ("2024-03-05T23:30-0500", "2024-03-05T23:30:00-05:00"),
            ("2024-03-05 10:20:30 +0100", "2024-03-05T10:20:30+01:00"),
            ("Tue, 05 Mar 2024 10:20:30 GMT", "2024-03-05T10:20:30Z"),
            ("Tue Mar 05 2024 10:20:30 GMT+0100 (CET)", "2024-03-05T10:20:30+01:00"),
            ("Tue Mar 05 10:20:30 UTC 2024", "2024-03-05T10:20:30Z"),
            ("20240305", "2024-03-05"),
            ("20240305T102030", "2024-03-05"),
            ("1709634030", "2024-03-05T10:20:30Z"),
            ("1709634030000", "2024-03-05T10:20:30Z"),
        ] {
            assert_eq!(iso(text, Order::DayFirst).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn written_dates_of_many_languages_are_read() {
        for text in [
            "Published March 5, 2024",
            "Mar. 5th, 2024",
            "5 March 2024",
            "Tuesday 5th of March 2024",
            "5. März 2024",
            "Dienstag, 05.03.2024",
            "05.03.24, 10 Uhr",
            "le 5 mars 2024",
            "5 de marzo de 2024",
            "5 de março de 2024",
            "martedì 5 marzo 2024",
            "5 maart 2024",
            "5 marca 2024",
            "5. března 2024",
            "5 марта 2024 г.",
            "2024年3月5日",
            "2024年03月05日 10:20",
            "2024년 3월 5일",
            "2024. 3. 5.",
            "2024. március 5.",
            "5 Mart 2024",
            "٥ مارس ٢٠٢٤",
            "5 มีนาคม 2567",
            "2024/03/05",
            "5-Mar-24",
        ] {
            let day = first_date(text, Order::DayFirst).map(|stamp| stamp.date.to_string());
            assert_eq!(day.as_deref(), Some("2024-03-05"), "{text}");
        }
    }

    #[test]
    fn the_order_decides_only_where_both_would_do() {
        assert_eq!(iso("03/05/2024", Order::MonthFirst).as_deref(), Some("2024-03-05"));
        assert_eq!(iso("05/03/2024", Order::DayFirst).as_deref(), Some("2024-03-05"));
        assert_eq!(iso("25/03/2024", Order::MonthFirst).as_deref(), Some("2024-03-25"));
        assert_eq!(iso("05.03.2024", Order::MonthFirst).as_deref(), Some("2024-03-05"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "2024",
            "March 2024",
            "© 2019-2024",
            "31 February 2024",
            "version 10.02.2024.1",
            "call 555-03-05-2024",
            "$10.02.24",
            "13/13/2024",
            "3 days ago",
            "may 10 people come",
            "192.168.10.24",
            "",
        ] {
            assert_eq!(iso(text, Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn several_dates_are_found_in_order() {
        let days: Vec<String> =
            dates_in("Posted 5 May 2023 at 9:05 pm EST, updated 7 May 2023", Order::DayFirst)
                .iter()
                .map(|found| found.stamp.page_date("").iso().to_string())
                .collect();
        assert_eq!(days, ["2023-05-05T21:05:00-05:00", "2023-05-07"]);
    }
}
