//! The form in which metadata are stored: all values side by side.

use super::about::{About, Feed};
use super::page_type::PageType;
use super::{Metadata, PageDate, Sourced};
use serde::{Deserialize, Serialize};

/// [`Metadata`] as one flat object; what is not known is null or empty.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    title: Option<Sourced<String>>,
    authors: Vec<Sourced<String>>,
    byline: Option<Sourced<String>>,
    published: Option<Sourced<PageDate>>,
    modified: Option<Sourced<PageDate>>,
    site_name: Option<Sourced<String>>,
    description: Option<Sourced<String>>,
    language: Option<Sourced<String>>,
    canonical_url: Option<Sourced<String>>,
    image: Option<Sourced<String>>,
    favicon: Option<Sourced<String>>,
    section: Option<Sourced<String>>,
    tags: Vec<Sourced<String>>,
    licence: Option<Sourced<String>>,
    paywalled: Option<Sourced<bool>>,
    feeds: Vec<Feed>,
    page_type: Guess,
}

#[derive(Serialize, Deserialize)]
struct Guess {
    value: PageType,
    probability: f32,
}

impl From<Metadata> for Record {
    fn from(metadata: Metadata) -> Self {
        let (value, probability) = metadata.page_type();
        let about = metadata.about;
        Self {
            title: metadata.title,
            authors: metadata.authors,
            byline: metadata.byline,
            published: metadata.published,
            modified: metadata.modified,
            site_name: metadata.site_name,
            description: about.description,
            language: about.language,
            canonical_url: about.canonical_url,
            image: about.image,
            favicon: about.favicon,
            section: about.section,
            tags: about.tags,
            licence: about.licence,
            paywalled: about.paywalled,
            feeds: about.feeds,
            page_type: Guess { value, probability },
        }
    }
}

impl From<Record> for Metadata {
    fn from(record: Record) -> Self {
        let about = About {
            description: record.description,
            language: record.language,
            canonical_url: record.canonical_url,
            image: record.image,
            favicon: record.favicon,
            section: record.section,
            tags: record.tags,
            licence: record.licence,
            paywalled: record.paywalled,
            feeds: record.feeds,
            page_type: Some((record.page_type.value, record.page_type.probability)),
        };
        Self {
            title: record.title,
            authors: record.authors,
            byline: record.byline,
            published: record.published,
            modified: record.modified,
            site_name: record.site_name,
            about,
        }
    }
}
