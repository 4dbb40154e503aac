//! The page as JSON: how the extraction went, the metadata and the content.

use crate::json_writer::Json;
use crate::metadata::{Metadata, PageDate, Sourced};
use crate::render::RenderOptions;
use crate::{ALGORITHM, Page};

impl Page {
    /// The page as one JSON object, without line breaks.
    ///
    /// - `title`: the title, or `null`.
    /// - `outcome`: as [`Outcome::name`](crate::Outcome::name).
    /// - `confidence`: 0 to 1.
    /// - `encoding`: the name of the encoding that the page was read in.
    /// - `algorithm`: [`ALGORITHM`].
    /// - `metadata`: what [`Page::metadata`] tells, each value an object of `value` and `source`;
    ///   `null` or an empty array where the page says nothing.
    /// - `version`, `words`, `blocks`: those of [`Content::json`](crate::render::Content::json).
    ///
    /// `docs/page.schema.json` in the repository is the JSON Schema of it.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is green.");
    /// assert!(page.json().starts_with(r#"{"title":"Tea","outcome":"content","confidence":0."#));
    /// assert!(page.json().contains(r#""title":{"value":"Tea","source":"heading"},"authors":[]"#));
    /// assert!(page.json().contains(r#"{"kind":"heading","level":1,"text":"Tea"}"#));
    /// ```
    pub fn json(&self) -> String {
        self.json_with(&RenderOptions::default())
    }

    /// The page as one JSON object, with options.
    ///
    /// ```
    /// use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<p>Tea is <a href='https://a.example/'>green</a> or black.");
    /// assert!(page.json().contains("https://a.example/"));
    /// let unlinked = page.json_with(&RenderOptions::new().with_links(false));
    /// assert!(!unlinked.contains("https://a.example/"));
    /// ```
    pub fn json_with(&self, options: &RenderOptions) -> String {
        let content = self.content.json(options);
        let mut json = Json::with_capacity(content.len() + 1024);
        json.begin('{');
        match self.title() {
            Some(title) => json.string("title", title),
            None => json.null("title"),
        }
        json.string("outcome", self.outcome.name());
        json.share("confidence", self.confidence);
        json.string("encoding", self.encoding);
        json.string("algorithm", ALGORITHM);
        json.key("metadata");
        metadata(&mut json, &self.metadata);
        json.members(&content);
        json.end('}');
        json.into_string()
    }
}

/// The members are those of the form that the feature `serde` stores.
fn metadata(json: &mut Json, metadata: &Metadata) {
    json.begin('{');
    text(json, "title", metadata.title());
    texts(json, "authors", metadata.authors());
    text(json, "byline", metadata.byline());
    date(json, "published", metadata.published());
    date(json, "modified", metadata.modified());
    text(json, "site_name", metadata.site_name());
    text(json, "description", metadata.description());
    text(json, "language", metadata.language());
    text(json, "canonical_url", metadata.canonical_url());
    text(json, "image", metadata.image());
    text(json, "favicon", metadata.favicon());
    text(json, "section", metadata.section());
    texts(json, "tags", metadata.tags());
    text(json, "licence", metadata.licence());
    sourced(json, "paywalled", metadata.paywalled(), |json, paywalled| {
        json.flag("value", *paywalled);
    });
    json.key("feeds");
    json.begin('[');
    for feed in metadata.feeds() {
        json.item();
        json.begin('{');
        json.string("url", feed.url());
        json.string("title", feed.title());
        json.end('}');
    }
    json.end(']');
    let (kind, probability) = metadata.page_type();
    json.key("page_type");
    json.begin('{');
    json.string("value", kind.name());
    json.share("probability", probability);
    json.end('}');
    json.end('}');
}

fn text(json: &mut Json, name: &str, value: Option<&Sourced<String>>) {
    sourced(json, name, value, |json, text| json.string("value", text));
}

fn texts(json: &mut Json, name: &str, values: &[Sourced<String>]) {
    json.key(name);
    json.begin('[');
    for value in values {
        json.item();
        object(json, value, |json, text| json.string("value", text));
    }
    json.end(']');
}

fn date(json: &mut Json, name: &str, value: Option<&Sourced<PageDate>>) {
    sourced(json, name, value, |json, date| {
        json.key("value");
        json.begin('{');
        json.string("written", date.written());
        json.string("day", date.day());
        json.string("iso", date.iso());
        json.end('}');
    });
}

fn sourced<T>(
    json: &mut Json,
    name: &str,
    value: Option<&Sourced<T>>,
    write: impl Fn(&mut Json, &T),
) {
    match value {
        Some(value) => {
            json.key(name);
            object(json, value, write);
        }
        None => json.null(name),
    }
}

/// A value and its source.
fn object<T>(json: &mut Json, value: &Sourced<T>, write: impl Fn(&mut Json, &T)) {
    json.begin('{');
    write(json, value.value());
    json.string("source", value.source().name());
    json.end('}');
}
