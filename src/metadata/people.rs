//! Names of authors: cut out of what stands around them.

use super::phrases::Phrases;
use super::text::{clean, key};
use super::word_table::WordTable;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Words that lead to an author's name, in the languages where bylines have them. Longer ones
/// stand before those that they begin with.
const LEADS: [&str; 62] = [
    "article written by",
    "article by",
    "story by",
    "words by",
    "text by",
    "review by",
    "written and directed by",
    "written by",
    "writen by",
    "posted by",
    "published by",
    "created by",
    "contributed by",
    "reported by",
    "report by",
    "authored by",
    "started by",
    "asked by",
    "compiled by",
    "guest post by",
    "blog by",
    "post by",
    "from the desk of",
    "thread starter",
    "original poster",
    "by",
    "author",
    "authors",
    "writer",
    "words",
    "text",
    "autor",
    "autorin",
    "autoren",
    "auteur",
    "autore",
    "verfasst von",
    "geschrieben von",
    "veröffentlicht von",
    "von",
    "écrit par",
    "publié par",
    "par",
    "escrito por",
    "publicado por",
    "por",
    "scritto da",
    "pubblicato da",
    "di",
    "geschreven door",
    "door",
    "skrevet av",
    "skrevet af",
    "skriven av",
    "av",
    "af",
    "автор",
    "napisał",
    "napsal",
    "yazan",
    "oleh",
    "redaktion",
];

/// Leads of scripts that set no space behind them.
const CJK_LEADS: [&str; 12] =
    ["作者", "文/", "文／", "文:", "文：", "撰文", "记者", "記者", "編輯", "编辑", "著者", "執筆"];

/// Words that mark a part of a byline as a role, not a name.
const ROLES: [&str; 54] = [
    "editor",
    "editors",
    "writer",
    "reporter",
    "reporters",
    "correspondent",
    "contributor",
    "contributing",
    "columnist",
    "journalist",
    "producer",
    "director",
    "manager",
    "ceo",
    "cto",
    "cfo",
    "coo",
    "founder",
    "cofounder",
    "expert",
    "specialist",
    "analyst",
    "dietitian",
    "nutritionist",
    "president",
    "officer",
    "freelance",
    "freelancer",
    "intern",
    "head",
    "author",
    "reviewer",
    "photographer",
    "consultant",
    "strategist",
    "engineer",
    "marketer",
    "blogger",
    "partner",
    "attorney",
    "lawyer",
    "professor",
    "lecturer",
    "researcher",
    "redakteur",
    "redakteurin",
    "journaliste",
    "redactor",
    "senior",
    "associate",
    "assistant",
    "deputy",
    "chief",
    "lead",
];

/// Letters behind a name that are no part of it.
const CREDENTIALS: [&str; 50] = [
    "md", "phd", "ms", "ma", "mba", "msc", "bsc", "ba", "bs", "mph", "rd", "rdn", "ldn", "dvm",
    "vmd", "dds", "dmd", "do", "jd", "esq", "cfp", "cfa", "cpa", "rn", "np", "pa", "facs", "faan",
    "dacvb", "edd", "mfa", "facp", "csac", "facc", "lcsw", "lmft", "cscs", "cpt", "ryt", "msw",
    "ea", "frcs", "med", "llm", "pmp", "cissp", "crnp", "lmhc", "lpc", "do",
];

/// What bylines, menus and buttons say where a name could stand.
const NO_NAMES: [&str; 110] = [
    "sun",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "post",
    "topic",
    "topics",
    "quote",
    "re",
    "page",
    "register",
    "members",
    "joined",
    "location",
    "today",
    "yesterday",
    "new",
    "the",
    "shop now",
    "learn more",
    "request demo",
    "featured",
    "admin",
    "administrator",
    "root",
    "share",
    "read more",
    "comments",
    "comment",
    "follow",
    "subscribe",
    "sign in",
    "log in",
    "login",
    "home",
    "menu",
    "search",
    "home page",
    "author",
    "authors",
    "by",
    "about the author",
    "about",
    "staff writer",
    "editor",
    "unknown",
    "anonymous",
    "none",
    "null",
    "undefined",
    "na",
    "n a",
    "guest",
    "user",
    "view profile",
    "profile",
    "all posts",
    "posts",
    "more",
    "contact",
    "news",
    "blog",
    "facebook",
    "twitter",
    "x",
    "instagram",
    "linkedin",
    "email",
    "print",
    "save",
    "reply",
    "share this",
    "share on facebook",
    "published",
    "updated",
    "date",
    "writer",
    "written by",
    "posted by",
    "website",
    "wordpress",
    "super user",
    "default",
    "test",
    "webmaster",
    "web master",
    "not specified",
    "no author",
    "your name",
    "name",
    "view all posts",
    "see all",
    "view bio",
    "bio",
    "advertisement",
    "sponsored",
    "false",
    "true",
    "moderator",
    "member",
];

/// The names in an author's value; roles, letters of degrees, addresses and leads are taken off.
pub(super) fn names(value: &str) -> Vec<String> {
    let value = clean(value);
    let value = without_brackets(&value);
    let value = without_lead(value.trim());
    if value.len() > 400 || is_address(value) {
        return Vec::new();
    }
    let mut out: Vec<String> = Vec::new();
    for (index, part) in split(value).into_iter().enumerate() {
        let part = without_lead(part.trim());
        if index > 0 && (is_role(part) || is_credential(part)) {
            continue;
        }
        let name = trim_name(part);
        let known = key(name);
        if known.is_empty() || NO_NAMES.contains(&known.as_str()) || is_address(name) {
            continue;
        }
        // Place holders of templates, and numbers of accounts.
        let broken = known.bytes().all(|b| b.is_ascii_digit())
            || (name.matches('.').count() > 1 && !name.contains(' ') && name.len() > 8);
        if broken || name.chars().count() > 80 || out.iter().any(|other| key(other) == known) {
            continue;
        }
        out.push(name.to_string());
    }
    out
}

/// The names in a line near the title, if it is a byline: it must begin with a lead, or be known
/// to hold an author (`known`), and what follows must look like names.
pub(super) fn byline(line: &str, known: bool) -> Vec<String> {
    if !known && !may_be_byline(line) {
        return Vec::new();
    }
    let line = without_brackets(line);
    let line = line.trim();
    let led = without_lead(line);
    let has_lead = led.len() < line.len();
    if !has_lead && !known {
        return Vec::new();
    }
    let cut = cut_at_date(led);
    let names = names(cut);
    let good =
        !names.is_empty() && names.len() <= 6 && names.iter().all(|name| looks_like_name(name));
    if good { names } else { Vec::new() }
}

/// The words that leads begin with, where they are ASCII.
static FIRST_WORDS: LazyLock<WordTable<()>> = LazyLock::new(|| {
    let words = LEADS.iter().filter_map(|lead| lead.split(' ').next());
    WordTable::new(words.filter(|word| word.is_ascii()).map(|word| (word, ())), |first, _| first)
});

/// Whether a text may begin with a lead: a cheap test that most texts fail.
fn may_lead(text: &str) -> bool {
    let word = text.split([' ', ':', '\u{a0}']).next().unwrap_or_default();
    !word.is_ascii() || FIRST_WORDS.get_any_case(word.as_bytes()).is_some()
}

/// Whether a text of unknown place can name an author: only behind a lead.
pub(super) fn may_be_byline(text: &str) -> bool {
    let edge = |c: char| c.is_whitespace() || c.is_control();
    let text = text.trim_start_matches(edge);
    let word = text.split(edge).next().unwrap_or_default();
    may_lead(word) || word.contains(['(', '[', ')', ']'])
}

/// A byline without its lead, such as `By` or `Written by:`.
pub(super) fn without_lead(text: &str) -> &str {
    let mut text = text;
    // `By: Written by Ann`
    for _ in 0..2 {
        if !may_lead(text) {
            break;
        }
        if let Some(lead) = CJK_LEADS.iter().find(|lead| text.starts_with(**lead)) {
            text = text[lead.len()..].trim_start_matches([':', '：', ' ', '/', '／', '|']);
            continue;
        }
        let lead = LEADS.iter().find(|lead| {
            let Some(start) = text.get(..lead.len()) else { return false };
            let rest = &text[lead.len()..];
            let ends = rest.starts_with([' ', ':', '\u{a0}']);
            ends && rest.len() > 1 && start.to_lowercase() == **lead && !is_weak(lead, start, rest)
        });
        match lead {
            Some(lead) => {
                text =
                    text[lead.len()..].trim_start_matches([':', ' ', '\u{a0}', '-', '–', '—', '|'])
            }
            None => break,
        }
    }
    text
}

/// Leads that are nouns, or parts of names (`Di`, `Von`), need a colon, or to begin the line in
/// upper case with a name behind.
fn is_weak(lead: &str, start: &str, rest: &str) -> bool {
    match lead {
        "author" | "authors" | "writer" | "words" | "text" | "autor" | "autorin" | "autoren"
        | "auteur" | "autore" | "redaktion" | "автор" | "thread starter" | "original poster" => {
            !rest.starts_with(':') && !rest.starts_with(" :") && !rest.starts_with(" by")
        }
        "di" | "av" | "af" | "por" | "par" | "door" | "von" => {
            !rest.trim_start().starts_with(char::is_uppercase)
                && !start.starts_with(char::is_uppercase)
        }
        _ => false,
    }
}

/// Marks that part a byline from something else.
static MARKS: Phrases = Phrases::new(&[
    " | ",
    " • ",
    " · ",
    " – ",
    " — ",
    " - ",
    " » ",
    " on ",
    " in ",
    "Published",
    "Updated",
    "Posted",
    " @ ",
    "⋅",
    " / ",
    " am ",
    " le ",
    " for ",
    " at ",
    " about ",
    " from ",
]);

/// The part of a byline before a date or a mark that parts it from something else.
fn cut_at_date(text: &str) -> &str {
    let mut end = MARKS.find(text).unwrap_or(text.len());
    // A date begins where the first digit does, or with the month before it.
    if let Some(at) = text.find(|c: char| c.is_ascii_digit()) {
        let before = text[..at].trim_end();
        let word = before.rfind(' ').map_or(0, |space| space + 1);
        let named = super::dates::is_month(&before[word..]);
        let at = if named { word } else { at };
        if text[at..].chars().filter(char::is_ascii_digit).count() > 4 || named {
            end = end.min(at);
        }
    }
    text[..end].trim().trim_end_matches([',', '|', '·', '•', '-', '–', '—', ':'])
}

fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', '[', ')', ']']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Words that part names.
const JOINS: [&str; 12] = [
    " and ", " And ", " AND ", " & ", " und ", " et ", " with ", " og ", " och ", " и ", " e ",
    " y ",
];
static ANY_JOIN: Phrases = Phrases::new(&JOINS);

/// Cuts a list of names.
fn split(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text.split([',', ';', '|', '、', '，', '•']).collect();
    let mut cut = |mark: &str| {
        parts = parts.iter().flat_map(|part| part.split(mark)).collect();
    };
    for mark in [" · ", " / "] {
        if text.contains(mark) {
            cut(mark);
        }
    }
    if ANY_JOIN.is_in(text) {
        JOINS.into_iter().for_each(cut);
    }
    let lead = |part: &'_ str| -> usize {
        // `Ann Lee, and Bob Ray`
        ["and ", "und ", "et ", "& "].iter().find(|w| part.starts_with(**w)).map_or(0, |w| w.len())
    };
    parts
        .into_iter()
        .map(str::trim)
        .map(|part| &part[lead(part)..])
        .filter(|p| !p.is_empty())
        .collect()
}

fn is_role(part: &str) -> bool {
    let known = key(part);
    known.split(' ').any(|word| ROLES.contains(&word))
}

fn is_credential(part: &str) -> bool {
    let known = key(part);
    let all = known.split(' ').all(|word| CREDENTIALS.contains(&word));
    let capitals = part.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    all || (capitals && part.len() <= 8 && !part.contains(' '))
        || matches!(known.as_str(), "jr" | "sr" | "ii" | "iii")
}

fn trim_name(part: &str) -> &str {
    let mut name = part.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ':'
                    | ';'
                    | '|'
                    | '-'
                    | '–'
                    | '—'
                    | '·'
                    | '•'
                    | '"'
                    | '“'
                    | '”'
                    | '*'
                    | '>'
                    | '<'
                    | '~'
                    | '/'
            )
    });
    if !name.contains(' ') {
        name = name.trim_start_matches('@');
    }
    // Degrees glued on without a comma.
    while let Some((rest, last)) = name.rsplit_once(' ') {
        let known = key(last);
        let is_degree = CREDENTIALS.contains(&known.as_str())
            && last.chars().filter(|c| c.is_alphabetic()).count() > 1
            && (last.chars().filter(|c| c.is_uppercase()).count() > 1);
        if !is_degree || !rest.contains(' ') {
            break;
        }
        name = rest.trim_end_matches([',', ' ']);
    }
    name
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    static PARTS: Phrases = Phrases::new(&["://", "facebook.com", "twitter.com", ".html"]);
    text.starts_with("www.")
        || text.starts_with('/')
        || (!text.contains(' ') && text.contains('@') && text.contains('.'))
        || PARTS.is_in(text)
}

/// The name of a member of a forum: one word, as a rule.
pub(super) fn username(line: &str) -> Option<String> {
    let name = trim_name(without_lead(line.trim()));
    let count = name.chars().count();
    let good = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\'' | ' ');
    let known = key(name);
    let plain = (2..=25).contains(&count)
        && name.chars().all(good)
        && name.split(' ').count() <= 2
        && name.chars().any(char::is_alphabetic)
        && !NO_NAMES.contains(&known.as_str())
        && !super::dates::is_month(&known);
    plain.then(|| name.to_string())
}

/// Whether a text found by its place alone could be a name.
pub(super) fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 || name.chars().count() > 45 {
        return false;
    }
    let first = name.chars().next().unwrap_or(' ');
    let starts = first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase());
    let odd = |c: char| {
        matches!(c, '!' | '?' | '/' | '=' | '{' | '<' | '%' | '$' | '#' | '+' | '…' | '"')
    };
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    // The words of a name begin in upper case, but for particles.
    let lower = |word: &&&str| word.chars().next().is_some_and(char::is_lowercase);
    let particle = |word: &str| {
        matches!(
            word,
            "de" | "van"
                | "von"
                | "der"
                | "den"
                | "da"
                | "di"
                | "del"
                | "la"
                | "le"
                | "bin"
                | "al"
                | "el"
                | "ter"
                | "of"
                | "the"
                | "dos"
                | "du"
                | "y"
                | "zu"
                | "af"
        )
    };
    let prose = words.iter().filter(lower).filter(|word| !particle(word)).count();
    starts
        && letters > 1
        && digits == 0
        && !name.contains(odd)
        && prose == 0
        && !name.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::{byline, names};

    #[test]
    fn names_lose_what_is_glued_on() {
        for (value, expected) in [
            ("By Ann Lee", vec!["Ann Lee"]),
            ("Ann Lee, Senior Editor", vec!["Ann Lee"]),
            ("Ann Lee, MD, PhD and Bob Ray", vec!["Ann Lee", "Bob Ray"]),
            ("Ann Lee &amp; Bob Ray", vec!["Ann Lee", "Bob Ray"]),
            ("Ann Lee (Reuters)", vec!["Ann Lee"]),
            ("https://www.facebook.com/annlee", vec![]),
            ("ann@tea.example", vec![]),
            ("admin", vec![]),
            ("Ann Lee, ann lee", vec!["Ann Lee"]),
            ("作者：李安", vec!["李安"]),
            ("Written by: Ann Lee", vec!["Ann Lee"]),
        ] {
            assert_eq!(names(value), expected, "{value}");
        }
    }

    #[test]
    fn bylines_are_read_in_many_languages() {
        for line in [
            "By Ann Lee",
            "BY: Ann Lee | 5 March 2024",
            "Written by Ann Lee on March 5, 2024",
            "Von Ann Lee",
            "Par Ann Lee",
            "Por Ann Lee",
            "di Ann Lee",
            "Autor: Ann Lee",
            "Автор: Ann Lee",
            "Door Ann Lee",
            "Posted by Ann Lee · 3 min read",
            "By Ann Lee Updated Mar 5, 2024",
        ] {
            assert_eq!(byline(line, false), ["Ann Lee"], "{line}");
        }
    }

    #[test]
    fn what_is_no_byline_gives_no_author() {
        for line in [
            "Ann Lee",
            "By signing up you agree to our terms",
            "By 2030, half of all homes will be warm",
            "Author",
            "By the numbers: a look back!",
            "Share this",
        ] {
            assert!(byline(line, false).is_empty(), "{line}");
        }
        assert_eq!(byline("Ann Lee", true), ["Ann Lee"]);
        assert!(byline("Read more about our team", true).is_empty());
    }
}
