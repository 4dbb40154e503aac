//! What kind of page it is: a soft guess from what the page declares and how its address reads.

use super::gather::Gathered;
use super::linked::{Family, Thing};
use crate::BaseUrl;

/// The kinds of pages that readers of a page's content treat differently.
///
/// ```
/// use dehusk::metadata::PageType;
/// let page = dehusk::extract("<meta property=og:type content=article><meta name=author \
///     content='Ada Brook'><article><h1>Tea</h1><time datetime=2024-05-01>1 May</time><p>It is \
///     made from leaves.</article>");
/// assert_eq!(page.metadata().page_type().0, PageType::Article);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PageType {
    /// One text by somebody: news, blog post, essay, guide, recipe.
    Article,
    /// A thread, or a question with its answers.
    Forum,
    /// A manual, a reference, a tutorial of a product.
    Documentation,
    /// One thing for sale.
    Product,
    /// What a company does, or a landing page.
    Service,
    /// A list of pages or of data.
    Listing,
    /// A category of a shop or a library.
    Collection,
    /// None of these.
    Other,
}

impl PageType {
    /// Every type, in the order of [`Self::name`]'s table.
    ///
    /// ```
    /// use dehusk::metadata::PageType;
    /// assert_eq!(PageType::ALL.map(PageType::name)[0], "article");
    /// ```
    pub const ALL: [Self; 8] = [
        Self::Article,
        Self::Forum,
        Self::Documentation,
        Self::Product,
        Self::Service,
        Self::Listing,
        Self::Collection,
        Self::Other,
    ];

    /// A short stable name in lower case.
    ///
    /// ```
    /// use dehusk::metadata::PageType;
    /// assert_eq!(PageType::Forum.name(), "forum");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Forum => "forum",
            Self::Documentation => "documentation",
            Self::Product => "product",
            Self::Service => "service",
            Self::Listing => "listing",
            Self::Collection => "collection",
            Self::Other => "other",
        }
    }
}

/// A type and how likely it is.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Guess {
    pub value: PageType,
    pub probability: f32,
}

impl Default for Guess {
    fn default() -> Self {
        Self { value: PageType::Other, probability: 0.0 }
    }
}

/// How many cues there are.
pub(super) const CUES: usize = 37;

/// Which cues a page shows.
pub(super) fn cues(
    all: &Gathered<'_>,
    things: &[Thing],
    base: &BaseUrl,
    types: &[&str],
) -> [bool; CUES] {
    let whole = |family: Family| things.iter().any(|thing| thing.family == family && !thing.part);
    let og = all.meta(&["og:type"]).map(|(kind, _)| kind.to_ascii_lowercase()).unwrap_or_default();
    let item = |names: &[&str]| {
        types
            .iter()
            .any(|kind| names.contains(&kind.rsplit(['/', ':', '#']).next().unwrap_or(kind)))
    };
    let path = base.path().to_ascii_lowercase();
    let words: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let host = base.host().unwrap_or_default();
    let label = |words: &[&str]| host.split('.').any(|label| words.contains(&label));
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let slug = last.split(['-', '_', '+']).filter(|part| part.len() > 1).count();
    let depth = path.split('/').filter(|part| !part.is_empty()).count();
    let known = base.host().is_some();
    let digits = |part: &str| {
        part.len() == 4
            && (part.starts_with("20") || part.starts_with("19"))
            && part.bytes().all(|b| b.is_ascii_digit())
    };
    [
        whole(Family::Article),
        whole(Family::Posting),
        whole(Family::Technical),
        whole(Family::Product),
        whole(Family::List),
        whole(Family::Collection),
        whole(Family::Service),
        whole(Family::Page),
        og == "article",
        og == "website",
        og.contains("product"),
        all.meta(&["article:published_time"]).is_some(),
        known && depth == 0,
        has(&[
            "forum",
            "forums",
            "thread",
            "threads",
            "viewtopic",
            "showthread",
            "topic",
            "t",
            "discussion",
            "discussions",
            "questions",
            "question",
            "community",
            "comments",
            "answers",
            "posts",
        ]),
        has(&[
            "docs",
            "doc",
            "documentation",
            "reference",
            "manual",
            "api",
            "wiki",
            "learn",
            "handbook",
            "man",
            "tutorial",
            "tutorials",
            "guide",
            "help",
            "developer",
        ]),
        has(&["product", "products", "dp", "item", "itm", "p", "pd", "prd"]),
        has(&[
            "collections",
            "collection",
            "category",
            "categories",
            "c",
            "shop",
            "browse",
            "cat",
            "department",
            "catalog",
            "men",
            "women",
            "sale",
            "store",
        ]),
        has(&[
            "blog",
            "blogs",
            "news",
            "article",
            "articles",
            "post",
            "story",
            "stories",
            "insights",
            "magazine",
            "resources",
            "advice",
            "opinion",
            "entry",
        ]),
        has(&[
            "services",
            "service",
            "solutions",
            "solution",
            "platform",
            "features",
            "pricing",
            "about",
            "software",
            "consulting",
            "agency",
            "programs",
        ]),
        has(&[
            "best",
            "top",
            "list",
            "lists",
            "jobs",
            "directory",
            "search",
            "topics",
            "tag",
            "tags",
            "courses",
            "rankings",
            "archive",
            "events",
            "latest",
        ]),
        path.split('/').any(digits),
        slug >= 5,
        slug == 3 || slug == 4,
        slug <= 1,
        all.counts.articles >= 4,
        all.counts.code >= 3,
        all.meta(&["author", "parsely-author", "sailthru.author", "article:author"]).is_some()
            || things.iter().any(|thing| !thing.part && !thing.authors.is_empty()),
        all.meta(&["product:price:amount", "og:price:amount", "product:availability"]).is_some(),
        all.times.len() >= 5,
        all.times.len() == 1,
        item(&["Product", "Offer", "AggregateOffer"]),
        item(&["Question", "QAPage", "DiscussionForumPosting", "Answer", "Comment"]),
        item(&["Article", "BlogPosting", "NewsArticle"]),
        label(&[
            "docs",
            "doc",
            "developer",
            "developers",
            "wiki",
            "api",
            "learn",
            "help",
            "support",
            "documentation",
        ]),
        label(&[
            "forum",
            "forums",
            "community",
            "discuss",
            "discourse",
            "bbs",
            "answers",
            "talk",
            "boards",
        ]),
        label(&["shop", "store"]),
        is_board(all),
    ]
}
/// Whether the page calls its site a forum, in the last part of its title or by its software: what
/// tells threads that come without their address.
fn is_board(all: &Gathered<'_>) -> bool {
    const SOFTWARE: [&str; 10] = [
        "vbulletin",
        "phpbb",
        "mybb",
        "xenforo",
        "discourse",
        "smf",
        "invision",
        "flarum",
        "nodebb",
        "vanilla",
    ];
    let title = all.title.as_deref().unwrap_or_default();
    let site = title.rsplit(['-', '–', '—', '|', '/', '·', '»']).next().unwrap_or_default();
    let mut words = site.split(|c: char| !c.is_alphanumeric());
    let named = site.len() < title.len()
        && words
            .any(|word| ["forum", "forums"].iter().any(|known| word.eq_ignore_ascii_case(known)));
    let by = |name: &str| {
        let software =
            |known: &&str| name.get(..known.len()).is_some_and(|n| n.eq_ignore_ascii_case(known));
        SOFTWARE.iter().any(software)
    };
    named || all.metas.iter().any(|(key, value)| key == "generator" && by(value.trim_start()))
}

/// What no cue at all says, in tenths of log-odds, in the order of [`PageType::ALL`].
const BASE: [i8; 8] = [8, -10, -7, -8, 6, 5, 6, -15];

/// What each cue adds, in tenths of log-odds; fitted by multinomial regression on labelled pages.
const POINTS: [[i8; 8]; CUES] = [
    // JSON-LD: an article
    [11, -3, 1, -3, -2, 1, -4, 0],
    // JSON-LD: a posting or a question
    [-2, 15, -3, -5, 1, -5, -2, 0],
    // JSON-LD: a technical article
    [-2, 0, 3, -1, -2, 1, 0, 0],
    // JSON-LD: a product
    [-10, 0, -1, 22, 4, -7, -7, 0],
    // JSON-LD: a list
    [-1, -3, -2, 0, -3, 6, 4, 0],
    // JSON-LD: a collection
    [-3, -1, -1, -1, -2, 5, 3, 0],
    // JSON-LD: a service
    [-1, -1, 0, -1, 2, 3, -2, 0],
    // JSON-LD: a page
    [-3, -5, -9, 2, 10, 4, 0, 0],
    // og:type is article
    [12, -5, 5, -4, 1, -3, -5, 0],
    // og:type is website
    [3, -3, -1, 1, 7, -2, -5, 0],
    // og:type is a product
    [-8, -3, -3, 12, -7, -2, 11, 0],
    // article:published_time
    [6, 4, 3, -2, -4, -6, -1, 0],
    // the address is that of the home page
    [-2, -6, -8, -3, 12, 4, 1, 0],
    // address: words of forums
    [-7, 22, -6, 3, -8, -9, 4, 0],
    // address: words of documentation
    [-1, -2, 17, -5, -5, 1, -5, 0],
    // address: words of products
    [-3, -4, -3, 19, -3, -4, -2, 0],
    // address: words of categories
    [-8, -4, -5, 0, -3, 5, 14, 0],
    // address: words of blogs and news
    [16, 0, -4, -5, -6, 6, -6, 0],
    // address: words of services
    [-1, -5, -4, -4, 18, 0, -3, 0],
    // address: words of lists
    [2, -3, 0, -5, -6, 11, 1, 0],
    // address: a year
    [7, -2, -2, -1, -1, 2, -3, 0],
    // address: five words or more
    [16, 11, -6, 10, -10, -13, -7, 0],
    // address: three or four words
    [6, 0, 0, 1, -2, -3, -1, 0],
    // address: one word
    [-6, 2, 4, 1, -3, 1, 0, 0],
    // four <article> or more
    [-2, -1, -3, -1, -4, 5, 5, 0],
    // three <pre> or more
    [-5, 0, 21, -4, -1, -7, -5, 0],
    // an author is declared
    [8, 5, 1, -8, -2, -2, -3, 0],
    // a price is declared
    [-2, -1, 0, 11, -1, -1, -5, 0],
    // five <time> or more
    [-1, 10, -3, -3, -12, 9, 0, 0],
    // one <time>
    [10, 1, -1, -2, 0, -4, -4, 0],
    // items: product or offer
    [-7, -2, -2, 21, -7, 0, -4, 0],
    // items: question, posting, comment
    [-9, 15, -2, -2, 1, 0, -4, 0],
    // items: article
    [2, -1, -1, -1, 2, 0, -2, 0],
    // host: docs and the like
    [-9, -1, 27, -3, -5, -5, -4, 0],
    // host: forum and the like
    [-3, 16, -2, -2, -2, -3, -4, 0],
    // host: shop
    [-7, -2, -3, 12, -6, -5, 11, 0],
    // title or software: a forum; set by hand, as strong as the words of forums in the address
    [-7, 22, -6, -8, -8, -9, -4, 0],
];

/// The probability of each type, in the order of [`PageType::ALL`]; they add up to one.
pub(super) struct Shares([f32; PageType::ALL.len()]);

impl Shares {
    pub fn of(cues: &[bool; CUES]) -> Self {
        let mut points = BASE.map(f32::from);
        for (_, row) in cues.iter().zip(&POINTS).filter(|(cue, _)| **cue) {
            for (sum, point) in points.iter_mut().zip(row) {
                *sum += f32::from(*point);
            }
        }
        let most = points.iter().fold(f32::MIN, |most, point| most.max(*point));
        let shares = points.map(|point| ((point - most) / 10.0).exp());
        let total: f32 = shares.iter().sum();
        Self(shares.map(|share| share / total))
    }

    /// The probability that the page is of one of these types.
    pub fn any(&self, types: &[PageType]) -> f32 {
        types.iter().map(|page_type| self.0[*page_type as usize]).sum()
    }

    /// The likeliest type, the first of equals.
    pub fn likeliest(&self) -> Guess {
        PageType::ALL.into_iter().zip(self.0).fold(
            Guess::default(),
            |best, (value, probability)| {
                if probability > best.probability { Guess { value, probability } } else { best }
            },
        )
    }
}
