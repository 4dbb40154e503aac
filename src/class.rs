//! What part each block plays on its page.
//!
//! A class explains and serves the options for comments and the strict body; whether a block is
//! kept is for the score alone.

use crate::blocks::{Block, Blocks};
use crate::dom::Tag;
use crate::features::{self, Family, Survey};
use crate::metadata::Metadata;

/// The part that a block plays.
///
/// ```
/// use dehusk::BlockClass;
/// let page = dehusk::extract("<title>Tea</title><nav><a href=/>Home</a></nav><h1>Tea</h1><p>Green \
///     tea is made from leaves that were not left to wither, so it keeps their colour.");
/// let classes: Vec<BlockClass> = page.blocks().iter().map(|block| block.class()).collect();
/// assert_eq!(classes, [BlockClass::Navigation, BlockClass::Title, BlockClass::Body]);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum BlockClass {
    /// Main content: prose, lists, tables, code, the posts of a thread.
    Body,
    /// The headline.
    Title,
    /// Who wrote it.
    Byline,
    /// When it was published.
    Date,
    /// The caption or credit of a figure.
    Caption,
    /// A reader's comment below the content, or what surrounds it.
    Comment,
    /// Links to other pages: related, popular, most recent.
    Related,
    /// Menus, breadcrumbs, search, lists of nothing but links.
    Navigation,
    /// Cookie and privacy notices.
    Consent,
    /// Buttons for sharing and following.
    Share,
    /// Newsletters, accounts, paywalls.
    Newsletter,
    /// Pop-ups and dialogs.
    Overlay,
    /// The foot of the page: imprint, copyright.
    Footer,
    /// None of these.
    #[default]
    Other,
}

impl BlockClass {
    /// A short name for logs and tables.
    ///
    /// ```
    /// assert_eq!(dehusk::BlockClass::Byline.name(), "byline");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Caption => "caption",
            Self::Comment => "comment",
            Self::Related => "related",
            Self::Navigation => "navigation",
            Self::Consent => "consent",
            Self::Share => "share",
            Self::Newsletter => "newsletter",
            Self::Overlay => "overlay",
            Self::Footer => "footer",
            Self::Other => "other",
        }
    }

    /// Whether the block belongs to the content but not to its body: headline, byline, date and
    /// captions.
    pub(crate) fn beside_body(self) -> bool {
        matches!(self, Self::Title | Self::Byline | Self::Date | Self::Caption)
    }
}

/// What the families of element names say of the blocks below; of two as near, the first wins.
const NAMED: [(&str, BlockClass); 9] = [
    ("comment", BlockClass::Comment),
    ("consent", BlockClass::Consent),
    ("newsletter", BlockClass::Newsletter),
    ("related", BlockClass::Related),
    ("share", BlockClass::Share),
    ("navigation", BlockClass::Navigation),
    ("search", BlockClass::Navigation),
    ("footer", BlockClass::Footer),
    ("modal", BlockClass::Overlay),
];
/// Blocks from the headline within which a byline or a date belongs to it.
const BYLINE_REACH: usize = 8;
/// Words beyond which a block with a name or a date in it is prose.
const BYLINE_WORDS: u32 = 16;
/// Words beyond which a block beside a picture is prose.
const CAPTION_WORDS: u32 = 60;
/// Levels above a block at which a name still makes it a caption.
const CAPTION_LEVELS: u8 = 1;
/// Link density from which a block is a list of links.
const LINKED: f32 = 0.8;
/// The fewest words of a comment worth reading: "Reply" and "3 likes" are none.
const COMMENT_WORDS: u32 = 3;

/// The class of every block.
pub(crate) fn classify(
    blocks: &Blocks,
    survey: &Survey<'_>,
    kept: &[bool],
    metadata: &Metadata,
) -> Vec<BlockClass> {
    let captions = features::family("caption");
    let title = survey.title_block();
    let named = NAMED.map(|(family, class)| (features::family(family), class));
    let class = |(index, (block, kept)): (usize, (&Block, &bool))| {
        let near = title.is_some_and(|title| index.abs_diff(title) <= BYLINE_REACH);
        let beside = match title == Some(index) {
            true => Some(BlockClass::Title),
            false if near => byline(blocks, block, metadata),
            false => None,
        };
        let caption = is_caption(blocks, survey, block, captions);
        match (beside, kept) {
            (Some(class), _) => class,
            (None, _) if caption => BlockClass::Caption,
            (None, true) => BlockClass::Body,
            (None, false) => surroundings(survey, block, &named),
        }
    };
    blocks.iter().zip(kept).enumerate().map(class).collect()
}

/// Whether a block near the headline names the authors or the date that the metadata has.
fn byline(blocks: &Blocks, block: &Block, metadata: &Metadata) -> Option<BlockClass> {
    if block.counts.words > BYLINE_WORDS {
        return None;
    }
    let text = blocks.text(block);
    let names = |author: &&str| !author.is_empty() && text.contains(*author);
    let authors = metadata.authors().iter().map(|author| author.value().as_str());
    if authors.chain(metadata.byline().map(|byline| byline.value().as_str())).any(|a| names(&a)) {
        return Some(BlockClass::Byline);
    }
    let dates = [metadata.published(), metadata.modified()];
    let mut written = dates.into_iter().flatten().map(|date| date.value().written());
    written.any(|date| names(&date)).then_some(BlockClass::Date)
}

fn is_caption(
    blocks: &Blocks,
    survey: &Survey<'_>,
    block: &Block,
    captions: Option<Family>,
) -> bool {
    if block.counts.words > CAPTION_WORDS || block.heading > 0 {
        return false;
    }
    let own = matches!(blocks.container(block).tag, Tag::Figcaption | Tag::Caption);
    let levels = captions.and_then(|family| survey.levels_to(block, family));
    own || levels.is_some_and(|levels| levels <= CAPTION_LEVELS)
}

/// What surrounds a block that is not content.
fn surroundings(
    survey: &Survey<'_>,
    block: &Block,
    named: &[(Option<Family>, BlockClass)],
) -> BlockClass {
    let nearest = named
        .iter()
        .filter_map(|(family, class)| Some((survey.levels_to(block, (*family)?)?, *class)))
        .min_by_key(|(levels, _)| *levels);
    match nearest {
        Some((_, class)) => class,
        _ if block.marks.navigation || block.counts.link_density() >= LINKED => {
            BlockClass::Navigation
        }
        _ if survey.is_in_footer(block) => BlockClass::Footer,
        _ => BlockClass::Other,
    }
}

/// Whether a block is the text of a comment, and no button or form beside it.
pub(crate) fn is_comment_text(survey: &Survey<'_>, block: &Block, class: BlockClass) -> bool {
    class == BlockClass::Comment
        && block.counts.words >= COMMENT_WORDS
        && block.counts.link_density() < LINKED
        && !survey.is_in_form(block)
}
