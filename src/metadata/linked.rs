//! JSON-LD: the things that a page's scripts tell of, flattened.

use super::text::clean;
use crate::json_reader::Json;
use std::collections::BTreeMap;

/// What kind of thing it is, as far as the readers care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Article,
    /// A thread of a forum, or a question with answers.
    Posting,
    Recipe,
    Video,
    /// A technical article or a reference page.
    Technical,
    Page,
    /// A page that lists other pages.
    Collection,
    List,
    Product,
    Event,
    Job,
    Service,
    Site,
    Organization,
    Person,
    Breadcrumbs,
    Other,
}

/// A thing with the properties that matter here; texts are clean, and empty where not given.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub family: Family,
    pub headline: String,
    pub name: String,
    pub description: String,
    pub authors: Vec<String>,
    pub published: String,
    pub created: String,
    pub modified: String,
    pub publisher: String,
    pub section: String,
    pub keywords: Vec<String>,
    pub image: String,
    pub licence: String,
    pub language: String,
    pub free: Option<bool>,
    /// Whether it is only a part of another thing, or one of a list.
    pub part: bool,
}

/// How many things are kept of a page.
const MAX_THINGS: usize = 400;

/// How many objects are looked at: the bound on the work for huge graphs.
const MAX_OBJECTS: usize = 20_000;

/// Keys below which stands something else than what the page is about.
const PARTS: [&str; 16] = [
    "comment",
    "comments",
    "review",
    "reviews",
    "itemListElement",
    "suggestedAnswer",
    "acceptedAnswer",
    "mentions",
    "citation",
    "hasPart",
    "blogPost",
    "blogPosts",
    "isRelatedTo",
    "isSimilarTo",
    "isBasedOn",
    "subjectOf",
];

/// The things that the scripts of a page tell of, in order.
pub(super) fn things<'t>(scripts: impl Iterator<Item = &'t str>) -> Vec<Thing> {
    let unescaped: Vec<String>;
    let scripts: Vec<&str> = scripts.collect();
    // Some pages escape the whole script as if it were text.
    let escaped = |script: &&str| !script.contains('"') && script.contains("&quot;");
    let scripts = if scripts.iter().any(escaped) {
        let plain = |script: &&str| script.replace("&quot;", "\"");
        unescaped = scripts.iter().map(plain).collect();
        unescaped.iter().map(String::as_str).collect()
    } else {
        scripts
    };
    let values: Vec<Json<'_>> = scripts.iter().map(|script| Json::read(script)).collect();
    let objects = objects(&values);
    let names = names_by_id(&objects);
    let mut things: Vec<Thing> =
        objects.iter().filter_map(|(json, part)| thing(json, *part, &names)).collect();
    things.truncate(MAX_THINGS);
    things
}

/// All objects in order, each with whether it is only a part of something.
fn objects<'j>(values: &'j [Json<'j>]) -> Vec<(&'j Json<'j>, bool)> {
    let mut out = Vec::new();
    let mut open: Vec<(&Json<'_>, bool)> = values.iter().rev().map(|json| (json, false)).collect();
    while let Some((json, part)) = open.pop() {
        match json {
            Json::List(items) => open.extend(items.iter().rev().map(|item| (item, part))),
            Json::Object(entries) if out.len() < MAX_OBJECTS => {
                out.push((json, part));
                let below = entries
                    .iter()
                    .rev()
                    .filter(|(_, value)| matches!(value, Json::List(_) | Json::Object(_)));
                open.extend(below.map(|(key, value)| (value, part || PARTS.contains(&&**key))));
            }
            _ => {}
        }
    }
    out
}

type Names = BTreeMap<String, String>;

/// The names of things that others refer to by `@id` alone.
fn names_by_id(objects: &[(&Json<'_>, bool)]) -> Names {
    let mut names = Names::new();
    for (json, _) in objects {
        let id = json.get("@id").and_then(Json::text);
        let name = json.get("name").and_then(Json::text);
        if let (Some(id), Some(name)) = (id, name) {
            names.entry(id.to_string()).or_insert_with(|| clean(name));
        }
    }
    names
}

fn thing(json: &Json<'_>, part: bool, names: &Names) -> Option<Thing> {
    let family = family(json.get("@type")?)?;
    let text =
        |keys: &[&str]| keys.iter().find_map(|key| first_text(json.get(key)?)).unwrap_or_default();
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            authors = json.get(key).map(|value| people(value, names)).unwrap_or_default();
        }
    }
    let publisher = ["publisher", "sourceOrganization", "provider"]
        .iter()
        .find_map(|key| people(json.get(key)?, names).into_iter().next());
    let mut keywords = Vec::new();
    for item in json.get("keywords").map(Json::items).unwrap_or_default() {
        let text = first_text(item).unwrap_or_default();
        keywords.extend(text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(String::from));
    }
    let free = json.get("isAccessibleForFree").and_then(|value| match value {
        Json::Bool(free) => Some(*free),
        value => match value.text()?.to_ascii_lowercase().as_str() {
            "true" | "http://schema.org/true" | "https://schema.org/true" => Some(true),
            "false" | "http://schema.org/false" | "https://schema.org/false" => Some(false),
            _ => None,
        },
    });
    Some(Thing {
        family,
        headline: text(&["headline"]),
        name: text(&["name"]),
        description: text(&["description"]),
        authors,
        published: text(&["datePublished"]),
        created: text(&["dateCreated", "uploadDate"]),
        modified: text(&["dateModified"]),
        publisher: publisher.unwrap_or_default(),
        section: text(&["articleSection"]),
        keywords,
        image: text(&["image", "thumbnailUrl"]),
        licence: text(&["license"]),
        language: text(&["inLanguage"]),
        free,
        part,
    })
}

/// The first string of a value: itself, of a list, or the `name`, `url` or `@id` of an object.
fn first_text(json: &Json<'_>) -> Option<String> {
    let item = json.items().first()?;
    let inner = match item {
        Json::Object(_) => ["@value", "name", "url", "@id", "contentUrl"]
            .iter()
            .find_map(|key| item.get(key)?.items().first()?.text())?,
        item => item.text()?,
    };
    Some(clean(inner)).filter(|text| !text.is_empty())
}

/// The names of persons or organisations; those given by `@id` alone are looked up.
fn people(json: &Json<'_>, names: &Names) -> Vec<String> {
    let name = |item: &Json<'_>| {
        let name = match item {
            Json::Object(_) => match item.get("name") {
                Some(name) => name.items().first()?.text().map(clean)?,
                None => match (item.get("givenName"), item.get("familyName")) {
                    (Some(given), Some(family)) => {
                        clean(&format!("{} {}", given.text()?, family.text()?))
                    }
                    _ => names.get(item.get("@id")?.text()?)?.clone(),
                },
            },
            item => clean(item.text()?),
        };
        Some(name).filter(|name| !name.is_empty())
    };
    // `"author": {"name": ["Ann", "Bob"]}`
    if let Some(Json::List(several)) = json.get("name") {
        return several.iter().filter_map(|name| Some(clean(name.text()?))).collect();
    }
    json.items().iter().take(50).filter_map(name).collect()
}

fn family(types: &Json<'_>) -> Option<Family> {
    let family = |name: &str| {
        let name = name.rsplit(['/', '#', ':']).next().unwrap_or(name);
        match name {
            "Article"
            | "NewsArticle"
            | "BlogPosting"
            | "Report"
            | "ReportageNewsArticle"
            | "AnalysisNewsArticle"
            | "OpinionNewsArticle"
            | "ReviewNewsArticle"
            | "BackgroundNewsArticle"
            | "AskPublicNewsArticle"
            | "LiveBlogPosting"
            | "SatiricalArticle"
            | "ScholarlyArticle"
            | "MedicalScholarlyArticle"
            | "AdvertiserContentArticle"
            | "SocialMediaPosting"
            | "CreativeWork"
            | "HowTo"
            | "WebContent"
            | "Book"
            | "Course" => Family::Article,
            "TechArticle" | "APIReference" | "SoftwareSourceCode" => Family::Technical,
            "DiscussionForumPosting" | "Question" => Family::Posting,
            "Recipe" => Family::Recipe,
            "VideoObject" | "PodcastEpisode" | "AudioObject" => Family::Video,
            "WebPage" | "AboutPage" | "ContactPage" | "ItemPage" | "MedicalWebPage" | "FAQPage"
            | "ProfilePage" | "QAPage" => Family::Page,
            "CollectionPage" | "SearchResultsPage" | "Blog" | "CategoryCodeSet" => {
                Family::Collection
            }
            "ItemList" | "OfferCatalog" => Family::List,
            "Product"
            | "ProductGroup"
            | "IndividualProduct"
            | "ProductModel"
            | "Vehicle"
            | "Car"
            | "SoftwareApplication"
            | "MobileApplication"
            | "VideoGame" => Family::Product,
            "Event" | "BusinessEvent" | "MusicEvent" | "SportsEvent" => Family::Event,
            "JobPosting" => Family::Job,
            "Service" | "FinancialProduct" | "ProfessionalService" | "LegalService" => {
                Family::Service
            }
            "WebSite" => Family::Site,
            "Organization"
            | "NewsMediaOrganization"
            | "Corporation"
            | "LocalBusiness"
            | "EducationalOrganization"
            | "CollegeOrUniversity"
            | "OnlineStore" => Family::Organization,
            "Person" => Family::Person,
            "BreadcrumbList" => Family::Breadcrumbs,
            _ => Family::Other,
        }
    };
    types.items().iter().filter_map(|name| Some(family(name.text()?))).min()
}

#[cfg(test)]
mod tests {
    use super::{Family, Thing, things};

    fn one(script: &str) -> Thing {
        things([script].into_iter()).remove(0)
    }

    #[test]
    fn authors_come_in_many_shapes() {
        for (author, names) in [
            (r#""Ann Lee""#, vec!["Ann Lee"]),
            (r#"["Ann Lee", "Bob Ray"]"#, vec!["Ann Lee", "Bob Ray"]),
            (r#"{"@type": "Person", "name": "Ann &amp; Co"}"#, vec!["Ann & Co"]),
            (r#"[{"name": "Ann Lee"}, {"name": ""}, null]"#, vec!["Ann Lee"]),
            (r#"{"name": ["Ann Lee", "Bob Ray"]}"#, vec!["Ann Lee", "Bob Ray"]),
            (r#"{"givenName": "Ann", "familyName": "Lee"}"#, vec!["Ann Lee"]),
            (r#"{"@id": "nowhere"}"#, vec![]),
        ] {
            let script = format!(r#"{{"@type": "Article", "author": {author}}}"#);
            assert_eq!(one(&script).authors, names, "{author}");
        }
    }

    #[test]
    fn a_graph_is_flattened_and_its_references_are_followed() {
        let script = r##"{"@context": "https://schema.org", "@graph": [
            {"@type": ["Article", "BlogPosting"], "headline": "Locks", "author": {"@id": "#ann"},
             "mainEntityOfPage": {"@id": "https://tea.example/locks"}},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]}"##;
        let thing = one(script);
        assert_eq!((thing.family, thing.authors), (Family::Article, vec!["Ann Lee".to_string()]));
    }

    #[test]
    fn comments_and_listed_items_are_parts() {
        let script = r#"[{"@type": "Article", "headline": "A",
            "comment": [{"@type": "Comment", "author": {"@type": "Person", "name": "X"}}]},
            {"@type": "ItemList", "itemListElement": [{"item": {"@type": "Article", "name": "B"}}]}]"#;
        let parts: Vec<(Family, bool)> =
            things([script].into_iter()).iter().map(|thing| (thing.family, thing.part)).collect();
        assert_eq!(
            parts,
            [
                (Family::Article, false),
                (Family::Other, true),
                (Family::Person, true),
                (Family::List, false),
                (Family::Article, true)
            ]
        );
    }

    #[test]
    fn an_escaped_script_is_read() {
        let thing =
            one("{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;A&quot;}");
        assert_eq!(thing.headline, "A");
    }
}
