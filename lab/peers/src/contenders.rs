//! The contenders: from a page to plain text, each by its defaults for articles.

use std::borrow::Cow;

/// A name, and the way from the bytes and the address of a page to its main text.
pub struct Contender {
    pub name: &'static str,
    pub extract: fn(&[u8], Option<&str>) -> Option<String>,
}

pub const CONTENDERS: [Contender; 8] = [
    Contender { name: "dehusk", extract: dehusk },
    Contender { name: "dom_smoothie", extract: dom_smoothie },
    Contender { name: "legible", extract: legible },
    Contender { name: "dom-content-extraction", extract: dom_content_extraction },
    Contender { name: "llm_readability", extract: llm_readability },
    Contender { name: "trafilatura", extract: trafilatura },
    Contender { name: "rs-trafilatura", extract: rs_trafilatura },
    Contender { name: "readabilityrs", extract: readabilityrs },
];

pub fn find(name: &str) -> Option<&'static Contender> {
    CONTENDERS.iter().find(|contender| contender.name == name)
}

/// The version of a contender, from the manifest.
pub fn version(name: &str) -> &'static str {
    if name == "dehusk" {
        return env!("CARGO_PKG_VERSION");
    }
    let start = format!("{name} = \"=");
    let line = include_str!("../Cargo.toml").lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or("?").trim_end_matches('"')
}

/// The page as text, for those that take no bytes; that it is decoded is a part of the work.
fn text(page: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(page)
}

fn dehusk(page: &[u8], _url: Option<&str>) -> Option<String> {
    dehusk::Extractor::new().extract_text(page).ok()
}

fn dom_smoothie(page: &[u8], url: Option<&str>) -> Option<String> {
    // The text as it is by default glues the words of neighbouring blocks together.
    let config = dom_smoothie::Config {
        text_mode: dom_smoothie::TextMode::Formatted,
        ..dom_smoothie::Config::default()
    };
    let mut reader = dom_smoothie::Readability::new(text(page).as_ref(), url, Some(config)).ok()?;
    Some(reader.parse().ok()?.text_content.to_string())
}

fn legible(page: &[u8], url: Option<&str>) -> Option<String> {
    Some(legible::parse(&text(page), url, None).ok()?.text_content)
}

fn dom_content_extraction(page: &[u8], _url: Option<&str>) -> Option<String> {
    let document = dom_content_extraction::scraper::Html::parse_document(&text(page));
    dom_content_extraction::get_content(&document).ok()
}

fn llm_readability(page: &[u8], url: Option<&str>) -> Option<String> {
    let url = url::Url::parse(url.unwrap_or("https://example.org/")).ok()?;
    let mut page = page;
    Some(llm_readability::extractor::extract(&mut page, &url).ok()?.text)
}

fn trafilatura(page: &[u8], _url: Option<&str>) -> Option<String> {
    let options = trafilatura::Options::default().with_fallback(true);
    Some(trafilatura::extract(&text(page), &options).ok()?.content_text)
}

fn rs_trafilatura(page: &[u8], url: Option<&str>) -> Option<String> {
    let url = url.map(str::to_string);
    let options = rs_trafilatura::Options { url, ..rs_trafilatura::Options::default() };
    Some(rs_trafilatura::extract_with_options(&text(page), &options).ok()?.content_text)
}

fn readabilityrs(page: &[u8], url: Option<&str>) -> Option<String> {
    let reader = readabilityrs::Readability::new(&text(page), url, None).ok()?;
    reader.parse()?.text_content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contender_finds_a_plain_article_and_tells_its_version() {
        let sentence =
            "The ferry runs again, and the keeper opened the upper lock, as he had said. ";
        let paragraph = format!("<p>{}</p>", sentence.repeat(8));
        let body = paragraph.repeat(6);
        let page =
            format!("<title>Ferry</title><nav>Menu</nav><article><h1>Ferry</h1>{body}</article>");
        for Contender { name, extract } in &CONTENDERS {
            let text =
                extract(page.as_bytes(), Some("https://example.org/ferry")).unwrap_or_default();
            assert!(text.contains("the keeper opened"), "{name}: {text:?}");
            assert!(version(name).contains('.'), "{name}");
        }
    }
}
